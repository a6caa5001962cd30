package dev.billingexport.delivered;

import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.delivery.PublicKeys;
import dev.billingexport.delivery.SignedManifest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the deliveries in an export's folder form an unbroken chain: none was rewritten, removed or inserted.
 * Deliveries of version 1 don't name the delivery before them, so they are only protected where a later one names them.
 * Not thread-safe.
 */
public final class ChainVerification {

    private static final Comparator<Link> IN_TIME =
            Comparator.comparing((Link link) -> link.deliveredAt).thenComparing(link -> link.name);

    private final PublicKeys keys;
    private final Map<String, Link> links = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param keys accepted public keys; signatures are not checked where there are none */
    public ChainVerification(PublicKeys keys) {
        this.keys = keys;
    }

    /** A delivery without its large parts. */
    private record Link(
            String name,
            int version,
            Instant deliveredAt,
            Manifest.@Nullable Previous previous,
            String sha256,
            boolean signed,
            @Nullable String signer) {}

    /** Adds a delivery, in any order. Ignores a delivery whose manifest can't be read. */
    public void add(DeliveredRevision revision) {
        SignedManifest signed = revision.signedManifest().orElse(null);
        Manifest manifest = revision.manifest().orElse(null);
        if (signed == null || manifest == null) {
            return;
        }
        String name = name(manifest.period().label(), manifest.revision());
        Link link = new Link(
                name,
                manifest.manifestVersion(),
                manifest.deliveredAt(),
                manifest.previous(),
                signed.sha256(),
                signed.isSigned(),
                keys.signer(signed).orElse(null));
        if (links.put(name, link) != null) {
            differences.add(name + ": it is there twice");
        }
    }

    private static String name(String period, int revision) {
        return period + " r" + revision;
    }

    /** Checks the chain once all deliveries are added. */
    public void check() {
        List<Link> inTime = links.values().stream().sorted(IN_TIME).toList();
        Map<String, Link> followers = new HashMap<>();
        for (Link link : inTime) {
            if (link.previous != null) {
                checkPrevious(link, link.previous, followers);
            }
        }
        checkStarts(inTime);
        if (!keys.isEmpty()) {
            checkSignatures(inOrder(inTime));
        } else if (inTime.stream().anyMatch(Link::signed)) {
            notes.add("There are signatures. Give --public-key to check them.");
        }
    }

    /** Only the very first delivery, and those of version 1, may name no delivery before them. */
    private void checkStarts(List<Link> inTime) {
        Link first = null;
        for (Link link : inTime) {
            boolean names = link.previous != null;
            if (!names && link.version > 1 && first != null) {
                differences.add(link.name + ": it was inserted: it names no delivery before it, although " + first.name
                        + " was delivered earlier");
            }
            first = first == null && !names ? link : first;
        }
    }

    private void checkPrevious(Link link, Manifest.Previous previous, Map<String, Link> followers) {
        String name = name(previous.period(), previous.revision());
        if (!links.containsKey(name)) {
            differences.add(
                    name + ": it is missing or can't be read: " + link.name + " names it as the delivery before it");
        } else if (before(link) == null) {
            differences.add(name + ": it was rewritten: " + link.name + " names another manifest of it");
        }
        Link other = followers.putIfAbsent(name, link);
        if (other != null) {
            differences.add(other.name + " and " + link.name + ": each names " + name
                    + " as the delivery before it: one was inserted, or both were delivered at the same time");
        }
    }

    /** Returns the delivery before one, null where it was changed or is missing. */
    private @Nullable Link before(Link link) {
        Manifest.Previous previous = link.previous;
        if (previous == null) {
            return null;
        }
        Link before = links.get(name(previous.period(), previous.revision()));
        return before != null && before.sha256.equals(previous.manifestSha256()) ? before : null;
    }

    /** Returns the deliveries in the order of the chain. Deliveries that name none before them are ordered by time. */
    private List<Link> inOrder(List<Link> inTime) {
        Map<String, Integer> places = new HashMap<>();
        for (Link link : inTime) {
            Deque<Link> path = new ArrayDeque<>();
            // Terminates: a circle would need a SHA-256 collision.
            for (Link at = link; at != null && !places.containsKey(at.name); at = before(at)) {
                path.push(at);
            }
            for (Link at : path) {
                Link before = before(at);
                places.put(at.name, before == null ? 0 : places.getOrDefault(before.name, 0) + 1);
            }
        }
        return inTime.stream()
                .sorted(Comparator.<Link>comparingInt(link -> places.getOrDefault(link.name, 0))
                        .thenComparing(IN_TIME))
                .toList();
    }

    /** Accepts an unsigned delivery if a signed one follows it, directly or not. */
    private void checkSignatures(List<Link> inOrder) {
        Set<String> known = new HashSet<>();
        for (Link link : inOrder) {
            if (link.signer != null) {
                for (Link at = link; at != null && known.add(at.name); at = before(at)) {}
            } else if (link.signed) {
                differences.add(link.name + ": its signature is wrong, or was made with none of the given keys");
            }
        }
        inOrder.stream()
                .filter(link -> !link.signed && !known.contains(link.name))
                .forEach(link -> differences.add(link.name + ": it is not signed, and no signed delivery follows it"));
        tellSigners(inOrder);
    }

    /** Adds a note for each range of deliveries with the same key. */
    private void tellSigners(List<Link> inOrder) {
        int to;
        for (int from = 0; from < inOrder.size(); from = to) {
            String signer = inOrder.get(from).signer;
            to = from + 1;
            while (to < inOrder.size() && Objects.equals(signer, inOrder.get(to).signer)) {
                to++;
            }
            String range = inOrder.get(from).name + (to == from + 1 ? "" : " to " + inOrder.get(to - 1).name);
            notes.add(range + ": " + (signer == null ? "not signed" : "signed with the key " + signer));
        }
    }

    /** Returns the differences found, as text; empty where the chain is unbroken and every signature is valid. */
    public List<String> differences() {
        return List.copyOf(differences);
    }

    /** Returns notes that are no differences, such as which key holds from which delivery on. */
    public List<String> notes() {
        return List.copyOf(notes);
    }
}
