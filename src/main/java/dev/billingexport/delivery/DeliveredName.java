package dev.billingexport.delivery;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks names of folders and files in a delivery, wherever they come from. */
final class DeliveredName {

    private static final Pattern REVISION = Pattern.compile("r([1-9]\\d{0,8})");

    private static final Pattern PERIOD = Pattern.compile("\\d{4}-\\d\\d(-\\d\\d_\\d{4}-\\d\\d-\\d\\d)?");

    /** A plain name: no separator, no leading dot, so neither hidden nor {@code ..}. */
    private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*+");

    private static final Pattern FILE =
            Pattern.compile("(?:[A-Za-z0-9_%-][A-Za-z0-9._%-]*+/){0,8}[A-Za-z0-9_%-][A-Za-z0-9._%-]*+");

    /** Bytes that the key of an object may have. */
    private static final int MAX_LENGTH = 1_024;

    private DeliveredName() {}

    /** Returns the revision that a folder name stands for; empty for any other name. */
    static OptionalInt revision(String folder) {
        Matcher name = REVISION.matcher(folder);
        return name.matches() ? OptionalInt.of(Integer.parseInt(name.group(1))) : OptionalInt.empty();
    }

    /** Returns whether a folder has the name of a period. */
    static boolean isPeriod(String folder) {
        return PERIOD.matcher(folder).matches();
    }

    /** Returns the first folder in a file's name; the file's name where there is none. */
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
            throw new IllegalArgumentException("'" + shortened(name) + "' can't be the name of a delivered file.");
        }
    }

    private static String shortened(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
