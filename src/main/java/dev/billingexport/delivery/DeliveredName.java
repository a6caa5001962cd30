package dev.billingexport.delivery;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What folders and files of a delivery may be called, wherever a name comes from. */
final class DeliveredName {

    private static final Pattern REVISION = Pattern.compile("r([1-9]\\d{0,8})");

    private static final Pattern PERIOD = Pattern.compile("\\d{4}-\\d\\d(-\\d\\d_\\d{4}-\\d\\d-\\d\\d)?");

    /** A plain name: no separator, no leading dot, so neither hidden nor {@code ..}. */
    private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*+");

    private static final Pattern FILE =
            Pattern.compile("(?:[A-Za-z0-9_%-][A-Za-z0-9._%-]*+/){0,8}[A-Za-z0-9_%-][A-Za-z0-9._%-]*+");

    /** As many bytes as the key of an object may have. */
    private static final int MAX_LENGTH = 1_024;

    private DeliveredName() {}

    /** The revision that a folder of this name would hold; empty for any other name. */
    static OptionalInt revision(String folder) {
        Matcher name = REVISION.matcher(folder);
        return name.matches() ? OptionalInt.of(Integer.parseInt(name.group(1))) : OptionalInt.empty();
    }

    /** Whether a folder is called as a period is. */
    static boolean isPeriod(String folder) {
        return PERIOD.matcher(folder).matches();
    }

    /** The name of the first folder on the way to a file; the file's own where there is none. */
    static String first(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    static String requireFolder(String what, String name) {
        if (name.length() > MAX_LENGTH || !FOLDER.matcher(name).matches()) {
            throw new IllegalArgumentException("The " + what + " '" + shortened(name)
                    + "' can't be a folder's name: use letters, digits, '_', '-' and, further on, '.'.");
        }
        return name;
    }

    static void requireFile(String name) {
        if (name.length() > MAX_LENGTH || !FILE.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + shortened(name) + "' is no name for a delivered file.");
        }
    }

    private static String shortened(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
