package dev.acey.rules.sensitive;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keys, tokens and passwords. The expressions (RE2, linear time) look no further ahead than the
 * match they give; most texts are spared them, for lack of the characters that each one needs.
 */
final class Credentials {
    private static final Pattern API_KEY =
            Pattern.compile(
                    "\\b(?:[rs]k_(?:live|test)_[A-Za-z0-9]{16,}"
                            + "|whsec_[A-Za-z0-9+/]{24,}=*"
                            + "|A[KS]IA[A-Z0-9]{16}\\b"
                            + "|gh[pousr]_[A-Za-z0-9]{36,}"
                            + "|github_pat_[A-Za-z0-9_]{22,}"
                            + "|glpat-[A-Za-z0-9_-]{20,}"
                            + "|xox[abeoprs]-[A-Za-z0-9-]{10,}"
                            + "|xapp-[A-Za-z0-9-]{20,}"
                            + "|AIza[A-Za-z0-9_-]{35}"
                            + "|GOCSPX-[A-Za-z0-9_-]{20,}"
                            + "|ya29\\.[A-Za-z0-9_-]{20,}"
                            + "|hf_[A-Za-z0-9]{30,}"
                            + "|npm_[A-Za-z0-9]{36}"
                            + "|SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}"
                            + "|[0-9]{8,10}:AA[A-Za-z0-9_-]{32,33})");

    private static final List<String> API_KEY_SIGNS =
            List.of(
                    "k_live_",
                    "k_test_",
                    "whsec_",
                    "AKIA",
                    "ASIA",
                    "ghp_",
                    "gho_",
                    "ghu_",
                    "ghs_",
                    "ghr_",
                    "github_pat_",
                    "glpat-",
                    "xox",
                    "xapp-",
                    "AIza",
                    "GOCSPX-",
                    "ya29.",
                    "hf_",
                    "npm_",
                    "SG.",
                    ":AA");

    /** What comes after {@code sk-} can be words; a key has digits among its letters. */
    private static final Pattern SK_KEY = Pattern.compile("\\bsk-[A-Za-z0-9_-]{20,}");

    private static final Pattern AWS_SECRET =
            Pattern.compile(
                    "(?:aws|AWS|Aws)(?i)_?secret_?(?:access_?)?key[\"']?[ ]?[:=][ ]?[\"']?([a-z0-9/+]{40})");

    private static final Pattern SLACK_HOOK =
            Pattern.compile("hooks\\.slack\\.com/services/([A-Z0-9]+/[A-Z0-9]+/[A-Za-z0-9]+)");

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----");

    private static final String PRIVATE_KEY_END = "-----END ";
    private static final String DASHES = "-----";

    private static final Pattern WEB_TOKEN =
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*");

    private static final Pattern BEARER =
            Pattern.compile("\\b(?i:b)(?:earer|EARER)[ \\t]{1,4}([A-Za-z0-9._~+/-]{16,}=*)");

    private static final Pattern URL_PASSWORD =
            Pattern.compile("://[^/\\s:@]{0,100}:([^/\\s@]{1,100})@");

    private static final int KEY_RUN = 16;

    private Credentials() {}

    static List<Span> keys(String text) {
        List<Span> found = new ArrayList<>();
        privateKeys(text, found);
        if (API_KEY_SIGNS.stream().anyMatch(text::contains)) {
            matches(API_KEY, text, found);
        }
        if (text.contains("aws") || text.contains("AWS") || text.contains("Aws")) {
            matches(AWS_SECRET, text, found);
        }
        if (text.contains("hooks.slack")) {
            matches(SLACK_HOOK, text, found);
        }
        List<Span> maybe = new ArrayList<>();
        if (text.contains("sk-")) {
            matches(SK_KEY, text, maybe);
        }
        maybe.removeIf(span -> !isRandom(text.substring(span.start(), span.end())));
        found.addAll(maybe);
        return inOrder(found);
    }

    static List<Span> tokens(String text) {
        List<Span> found = new ArrayList<>();
        if (text.contains("eyJ")) {
            matches(WEB_TOKEN, text, found);
        }
        List<Span> bearers = new ArrayList<>();
        if (text.contains("earer") || text.contains("EARER")) {
            matches(BEARER, text, bearers);
        }
        bearers.removeIf(
                span ->
                        text.substring(span.start(), span.end())
                                .chars()
                                .noneMatch(c -> Characters.isDigit((char) c)));
        found.addAll(bearers);
        return inOrder(found);
    }

    static List<Span> passwords(String text) {
        List<Span> found = new ArrayList<>();
        int authority = text.indexOf("://");
        if (authority >= 0 && text.indexOf('@', authority) >= 0) {
            matches(URL_PASSWORD, text, found);
        }
        return found;
    }

    /** A private key without its end was cut off: all that follows may belong to it. */
    private static void privateKeys(String text, List<Span> found) {
        if (!text.contains("PRIVATE KEY")) {
            return;
        }
        Matcher matcher = PRIVATE_KEY.matcher(text);
        int from = 0;
        while (from < text.length() && matcher.find(from)) {
            int footer = text.indexOf(PRIVATE_KEY_END, matcher.end());
            int dashes = footer < 0 ? -1 : text.indexOf(DASHES, footer + PRIVATE_KEY_END.length());
            from = dashes < 0 ? text.length() : dashes + DASHES.length();
            found.add(new Span(matcher.start(), from));
        }
    }

    private static boolean isRandom(String key) {
        int run = 0;
        boolean digit = false;
        boolean capital = false;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            run = Characters.isAlphanumeric(c) ? run + 1 : 0;
            digit |= Characters.isDigit(c);
            capital |= Characters.isCapital(c);
            if (digit && (capital || run >= KEY_RUN)) {
                return true;
            }
        }
        return false;
    }

    /** The first group of each match, or the whole match where there is none. */
    private static void matches(Pattern pattern, String text, List<Span> found) {
        Matcher matcher = pattern.matcher(text);
        int group = pattern.groupCount();
        while (matcher.find()) {
            found.add(new Span(matcher.start(group), matcher.end(group)));
        }
    }

    private static List<Span> inOrder(List<Span> found) {
        found.sort(Comparator.comparingInt(Span::start));
        List<Span> apart = new ArrayList<>();
        int free = 0;
        for (Span span : found) {
            if (span.start() >= free) {
                apart.add(span);
                free = span.end();
            }
        }
        return apart;
    }
}
