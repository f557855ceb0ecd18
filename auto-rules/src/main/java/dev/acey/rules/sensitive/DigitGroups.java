package dev.acey.rules.sensitive;

import java.util.ArrayList;
import java.util.List;

/**
 * Digits as they are written together: groups parted by one blank, hyphen, point or slash, one
 * group or another in brackets, a plus before all of them or none. Never more than {@value
 * #MAX_DIGITS} digits, so that reading them takes bounded time.
 */
final class DigitGroups {
    private static final int MAX_DIGITS = 18;
    private static final int MAX_IN_BRACKETS = 5;
    private static final char NONE = '|';

    private record Group(String digits, boolean inBrackets, int end) {}

    private final int start;
    private final boolean international;
    private final List<Group> groups;
    private final String separators;

    private DigitGroups(int start, boolean international, List<Group> groups, String separators) {
        this.start = start;
        this.international = international;
        this.groups = groups;
        this.separators = separators;
    }

    /** The groups that start here; none where the digits go on for too long. */
    static DigitGroups at(String text, int start) {
        List<Group> groups = new ArrayList<>();
        StringBuilder separators = new StringBuilder();
        boolean plusInBrackets = text.startsWith("(+", start);
        boolean plus = plusInBrackets || text.charAt(start) == '+';
        int digits = 0;
        int at = plus && !plusInBrackets ? start + 1 : start;
        while (at < text.length()) {
            Group group = group(text, at);
            if (group == null || digits + group.digits().length() > MAX_DIGITS) {
                break;
            }
            groups.add(group);
            digits += group.digits().length();
            char separator = separator(text, group.end(), group.inBrackets());
            if (separator == 0) {
                break;
            }
            separators.append(separator);
            at = separator == NONE ? group.end() : group.end() + 1;
        }
        String between = separators.substring(0, Math.max(0, groups.size() - 1));
        return new DigitGroups(start, plus, groups, between);
    }

    private static Group group(String text, int at) {
        boolean brackets = text.charAt(at) == '(';
        int from = at;
        if (brackets) {
            from += text.startsWith("(+", at) ? 2 : 1;
        }
        int to = from;
        while (to < text.length()
                && to - from <= MAX_DIGITS
                && Characters.isDigit(text.charAt(to))) {
            to++;
        }
        boolean closed = to < text.length() && text.charAt(to) == ')';
        if (to == from || (brackets && (!closed || to - from > MAX_IN_BRACKETS))) {
            return null;
        }
        return new Group(text.substring(from, to), brackets, brackets ? to + 1 : to);
    }

    /** What parts the next group from the one that ends here, or 0 where none follows. */
    private static char separator(String text, int end, boolean brackets) {
        if (end >= text.length()) {
            return 0;
        }
        char c = text.charAt(end);
        if (c == '(' || (brackets && Characters.isDigit(c))) {
            return NONE;
        }
        char next = end + 1 < text.length() ? text.charAt(end + 1) : 0;
        if (!Characters.isDigit(next) && next != '(') {
            return 0;
        }
        if (Characters.isSpace(c)) {
            return ' ';
        }
        return switch (c) {
            case '-', '\u2011', '\u2013' -> '-';
            case '.', '/' -> c;
            default -> 0;
        };
    }

    int start() {
        return start;
    }

    boolean isInternational() {
        return international;
    }

    int count() {
        return groups.size();
    }

    /** Where the first so many groups end. */
    int endOf(int count) {
        return groups.get(count - 1).end();
    }

    int end() {
        return endOf(count());
    }

    DigitGroups first(int count) {
        return new DigitGroups(
                start, international, groups.subList(0, count), separators.substring(0, count - 1));
    }

    String digits() {
        StringBuilder all = new StringBuilder();
        groups.forEach(group -> all.append(group.digits()));
        return all.toString();
    }

    String digits(int group) {
        return groups.get(group).digits();
    }

    /** How many digits each group has, a character each; {@code +} for more than nine. */
    String sizes() {
        StringBuilder sizes = new StringBuilder();
        groups.forEach(
                group -> {
                    int size = group.digits().length();
                    sizes.append(size > 9 ? '+' : (char) ('0' + size));
                });
        return sizes.toString();
    }

    /** What stands between the groups, a character each; a blank is a blank, a dash a hyphen. */
    String separators() {
        return separators;
    }

    boolean isInBrackets(int group) {
        return groups.get(group).inBrackets();
    }

    boolean hasBrackets() {
        return groups.stream().anyMatch(Group::inBrackets);
    }

    /** Whether the same stands between all groups from this one on. */
    boolean isEvenFrom(int group) {
        return separators.substring(Math.min(group, separators.length())).chars().distinct().count()
                <= 1;
    }

    /** Whether they start as dates do: year, month and day, or the other way around. */
    boolean isDate() {
        if (count() < 3 || separators.charAt(0) != separators.charAt(1)) {
            return false;
        }
        String sizes = sizes().substring(0, 3);
        return sizes.equals("422") || sizes.equals("224") || sizes.equals("124");
    }
}
