package dev.billingexport.sample;

import dev.billingexport.session.AppType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What the sample API serves just now. Thread-safe: a change replaces a listing, and no request sees half of one. */
final class Catalogue {

    private final Map<AppType, Listing> listings = new ConcurrentHashMap<>();

    Catalogue(Collection<? extends SampleSession> sessions) {
        Map<AppType, List<SampleSession>> byAppType =
                sessions.stream().collect(Collectors.groupingBy(SampleSession::appType));
        for (AppType appType : AppType.values()) {
            listings.put(appType, new Listing(byAppType.getOrDefault(appType, List.of())));
        }
    }

    Listing listing(AppType appType) {
        return listings.getOrDefault(appType, new Listing(List.of()));
    }

    void put(SampleSession session) {
        listings.computeIfPresent(session.appType(), (appType, listing) -> listing.with(session));
    }

    void remove(String sessionId) {
        listings.replaceAll((appType, listing) -> listing.without(sessionId));
    }
}
