package dev.billingexport.delivery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The chain of deliveries in an export's folder: each names the one before it. */
final class Chain {

    private static final Logger LOG = LoggerFactory.getLogger(Chain.class);

    private static final Comparator<Link> IN_TIME = Comparator.comparing((Link link) -> link.manifest.deliveredAt())
            .thenComparing(link -> link.reference.period())
            .thenComparing(link -> link.reference.revision());

    private Chain() {}

    /** A complete revision, and the reference by which the next one names it. */
    private record Link(Manifest.Previous reference, Manifest manifest) {}

    /**
     * Returns the bytes of {@code manifest.json} for a delivery, with a reference to the delivery before it. To be
     * called as late as possible, because it doesn't see deliveries that others add to the export's folder afterwards.
     *
     * @param export the export's folder, which may not exist
     */
    static byte[] continuedBy(Manifest manifest, Folder export) throws IOException {
        return ManifestJson.write(manifest.after(last(export)));
    }

    /**
     * Returns the last delivery of the chain, which no other names. Reads only the newest revision of each period,
     * because older ones are named by others.
     *
     * @return null where nothing was delivered yet
     */
    private static Manifest.@Nullable Previous last(Folder export) throws IOException {
        List<Link> newest = new ArrayList<>();
        for (String period : export.folders()) {
            newest(export.folder(period), period).ifPresent(newest::add);
        }
        Set<String> followed = newest.stream()
                .map(link -> link.manifest.previous())
                .filter(Objects::nonNull)
                .map(Manifest.Previous::manifestSha256)
                .collect(Collectors.toSet());
        return newest.stream()
                .filter(link -> !followed.contains(link.reference.manifestSha256()))
                .max(IN_TIME)
                .map(Link::reference)
                .orElse(null);
    }

    private static Optional<Link> newest(Folder folder, String period) throws IOException {
        List<Integer> revisions = folder.folders().stream()
                .map(DeliveredName::revision)
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .sorted(Comparator.reverseOrder())
                .toList();
        for (int revision : revisions) {
            Optional<byte[]> json = folder.folder("r" + revision).read(Manifest.NAME);
            if (json.isPresent()) {
                return link(period, revision, json.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<Link> link(String period, int revision, byte[] json) {
        try {
            Manifest manifest = ManifestJson.read(json);
            String sha256 = Checksum.of(json).sha256();
            return Optional.of(new Link(new Manifest.Previous(period, revision, sha256), manifest));
        } catch (IllegalArgumentException foreign) {
            LOG.warn(
                    "The manifest of period {}, revision {} can't be read, so this delivery doesn't name it: {}",
                    period,
                    revision,
                    foreign.getMessage());
            return Optional.empty();
        }
    }
}
