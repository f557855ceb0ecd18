package dev.acey.rules.sensitive;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words that announce a telephone number. */
final class PhoneWords {
    private static final int LOOK_BACK = 40;
    private static final int MAX_WORDS = 4;

    private static final Set<String> NOUNS =
            Set.of(
                    "tel",
                    "tél",
                    "telefon",
                    "telephone",
                    "téléphone",
                    "teléfono",
                    "telefono",
                    "telefone",
                    "telefoon",
                    "telefonnummer",
                    "phone",
                    "fon",
                    "rufnummer",
                    "mobile",
                    "mobil",
                    "mobilnummer",
                    "mobiltelefon",
                    "handy",
                    "handynummer",
                    "cell",
                    "cellphone",
                    "celular",
                    "móvil",
                    "cellulare",
                    "portable",
                    "fax",
                    "whatsapp",
                    "sms",
                    "viber",
                    "hotline",
                    "dial",
                    "puh",
                    "puhelin",
                    "tlf",
                    "тел",
                    "телефон",
                    "моб",
                    "τηλ",
                    "هاتف",
                    "फ़ोन",
                    "फोन");

    /** They announce a number with somebody to reach: “call me at”, never “call 2500000”. */
    private static final Set<String> VERBS = Set.of("call", "text", "ring", "reach", "phone");

    private static final Set<String> PERSONS = Set.of("me", "us", "him", "her", "them");

    private static final Set<String> FILLERS =
            Set.of(
                    "is", "at", "on", "number", "no", "nr", "num", "nummer", "número", "numero",
                    "numéro", "line", "ist", "es", "est", "under", "unter", "o", "or", "office",
                    "home", "work");

    private static final List<String> UNSPACED =
            List.of("电话", "電話", "手机", "手機", "携帯", "전화", "휴대폰", "연락처");

    private PhoneWords() {}

    /** Whether the words right before this position say that a telephone number comes. */
    static boolean announce(String text, int position) {
        int end = position;
        int floor = Math.max(0, position - LOOK_BACK);
        boolean person = false;
        for (int words = 0; words < MAX_WORDS; words++) {
            while (end > floor && !isLetter(text.charAt(end - 1))) {
                if (Characters.isDigit(text.charAt(end - 1))) {
                    return false;
                }
                end--;
            }
            int start = end;
            while (start > floor && isLetter(text.charAt(start - 1))) {
                start--;
            }
            String word = text.substring(start, end).toLowerCase(Locale.ROOT);
            if (NOUNS.contains(word) || (person && VERBS.contains(word)) || isUnspaced(word)) {
                return true;
            }
            if (!FILLERS.contains(word) && !PERSONS.contains(word)) {
                return false;
            }
            person |= PERSONS.contains(word);
            end = start;
        }
        return false;
    }

    private static boolean isUnspaced(String word) {
        return UNSPACED.stream().anyMatch(word::contains);
    }

    private static boolean isLetter(char c) {
        return (Characters.isAlphanumeric(c) && !Characters.isDigit(c))
                || Characters.isSpacedLetter(c)
                || Characters.isUnspacedLetter(c);
    }
}
