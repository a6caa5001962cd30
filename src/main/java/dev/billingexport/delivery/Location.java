package dev.billingexport.delivery;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place that files are delivered to: a folder, or a prefix in an S3 bucket. Not simply a URI, because users may type
 * a path such as {@code out/my files}.
 *
 * @param uri absolute: {@code file:}, or {@code s3://bucket/prefix} without a slash at its end
 */
public record Location(URI uri) {

    /** A scheme has at least two letters, because {@code C:\out} is a path. */
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*", Pattern.DOTALL);

    /** A bucket's name, and a prefix of the characters that every tool takes in a key. */
    private static final Pattern S3 = Pattern.compile(
            "s3://(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/(?<prefix>[A-Za-z0-9!_.*'()=-]+(/[A-Za-z0-9!_.*'()=-]+)*))?");

    private static final Pattern DOTS = Pattern.compile("(^|.*/)\\.\\.?(/.*|$)");

    private static final String POSSIBLE =
            " Give a folder, as a path (out/billing) or as a file: URI (file:out/billing, file:///srv/billing), or a"
                    + " prefix in a bucket (s3://bucket/billing).";

    /** Checks that files can be delivered to such a place. */
    public Location {
        boolean folder = "file".equalsIgnoreCase(uri.getScheme()) && !uri.isOpaque() && uri.getAuthority() == null;
        Matcher s3 = S3.matcher(uri.toString());
        if (!folder && !(s3.matches() && !DOTS.matcher(uri.getPath()).matches())) {
            throw refused(uri.toString());
        }
    }

    /**
     * Parses what a user typed: a path, {@code file:out}, {@code file:///srv/out} or {@code s3://bucket/prefix}.
     * Relative paths are resolved against the working directory. Spring Boot binds properties through this method.
     *
     * @throws IllegalArgumentException if the text is no location; the message names the property and the possible
     *     forms
     */
    public static Location of(String typed) {
        String place = typed.strip();
        try {
            if (place.regionMatches(true, 0, "file:", 0, 5)) {
                return of(Path.of(pathOf(place)));
            }
            if (place.regionMatches(true, 0, "s3:", 0, 3)) {
                String prefix = place.substring(2).replaceAll("/+$", "");
                return new Location(new URI(place.substring(0, 2).toLowerCase(Locale.ROOT) + prefix));
            }
            if (!place.isEmpty() && !SCHEME.matcher(place).matches()) {
                return of(Path.of(place));
            }
        } catch (InvalidPathException | URISyntaxException unusable) {
            throw refused(typed);
        }
        throw refused(typed);
    }

    /** Returns a place further down, given the names of its folders. */
    public Location below(String... names) {
        String path = String.join("/", names);
        return isBucket() ? new Location(URI.create(uri + "/" + path)) : of(folder().resolve(path));
    }

    /** Returns whether the place is in a bucket; otherwise it is a folder of this machine. */
    boolean isBucket() {
        return "s3".equals(uri.getScheme());
    }

    /** Returns the folder. Valid only where the place is a folder. */
    Path folder() {
        return Path.of(uri);
    }

    /** Returns the bucket's name. Valid only where the place is in a bucket. */
    String bucket() {
        return s3("bucket");
    }

    /**
     * Returns the common prefix of all keys: empty, or ending with a slash. Valid only where the place is in a bucket.
     */
    String keyPrefix() {
        String prefix = s3("prefix");
        return prefix.isEmpty() ? "" : prefix + "/";
    }

    private String s3(String part) {
        Matcher s3 = S3.matcher(uri.toString());
        if (!s3.matches()) {
            throw new IllegalStateException(uri + " is not in a bucket");
        }
        String value = s3.group(part);
        return value == null ? "" : value;
    }

    private static Location of(Path folder) {
        return new Location(folder.toAbsolutePath().normalize().toUri());
    }

    private static String pathOf(String fileUri) {
        String path;
        String authority = null;
        try {
            URI uri = new URI(fileUri);
            authority = uri.getAuthority();
            path = uri.isOpaque() ? uri.getSchemeSpecificPart() : uri.getPath();
        } catch (URISyntaxException notEncoded) {
            path = fileUri.substring("file:".length());
        }
        // In file://out the name is a host; users who type it mean a folder.
        if (authority != null || path.isBlank() || path.startsWith("//")) {
            throw refused(fileUri);
        }
        return path;
    }

    private static IllegalArgumentException refused(String typed) {
        return new IllegalArgumentException(
                "export.delivery.location: can't deliver to '" + typed.strip() + "'." + POSSIBLE);
    }
}
