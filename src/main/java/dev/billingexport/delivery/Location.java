package dev.billingexport.delivery;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A place that files are delivered to: for now a folder. It is a type of its own because what users type is not always
 * a URI: {@code out/my files} is a fine folder.
 *
 * @param uri absolute, {@code file:}
 */
public record Location(URI uri) {

    /** Two letters at least, for {@code C:\out} is a path. */
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*", Pattern.DOTALL);

    private static final String POSSIBLE =
            " Give a folder, as a path (out/billing) or as a file: URI (file:out/billing, file:///srv/billing).";

    /** Checks that files can be delivered to such a place. */
    public Location {
        if (!"file".equalsIgnoreCase(uri.getScheme()) || uri.isOpaque() || uri.getAuthority() != null) {
            throw refused(uri.toString());
        }
    }

    /**
     * Understands what a user typed: a path, {@code file:out} or {@code file:///srv/out}. What is relative is resolved
     * against the working directory. Spring Boot binds properties through this method.
     *
     * @throws IllegalArgumentException names the property and says what is possible
     */
    public static Location of(String typed) {
        String place = typed.strip();
        try {
            if (place.regionMatches(true, 0, "file:", 0, 5)) {
                return of(Path.of(pathOf(place)));
            }
            if (!place.isEmpty() && !SCHEME.matcher(place).matches()) {
                return of(Path.of(place));
            }
        } catch (InvalidPathException unusable) {
            throw refused(typed);
        }
        throw refused(typed);
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
        // file://out names a host, not a folder, and nobody who types it means one.
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
