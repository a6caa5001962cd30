package dev.billingexport.testing;

import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes up sessions of any number over any period: office hours on weekdays, a few busy users and many quiet ones, four
 * call details a session on average, recordings for one in five. The same generator makes the same sessions on every
 * machine. Details are made when they are asked for, so 100,000 sessions need some 20 MB.
 *
 * @param seed what everything is drawn from
 * @param count how many sessions
 * @param from earliest {@code trans_date}, inclusive
 * @param to latest one, exclusive; after from
 * @param awkward the share of sessions, between 0 and 1, with what API.md says that a client must survive
 */
public record Generator(long seed, int count, Instant from, Instant to, double awkward) {

    private static final int TRIES = 40;

    /** How busy an hour of the day is, in percent of the busiest. */
    private static final int[] HOURS = {
        3, 2, 2, 2, 3, 5, 12, 35, 70, 100, 95, 80, 50, 75, 90, 85, 70, 45, 25, 15, 12, 8, 5, 4
    };

    /** Checks that there is something to make. */
    public Generator {
        if (count < 0 || !from.isBefore(to) || awkward < 0 || awkward > 1) {
            throw new IllegalArgumentException("Sessions need a count, a period and a share between 0 and 1.");
        }
    }

    /** The sessions, in no particular order. */
    public List<SampleSession> sessions() {
        List<SampleSession> sessions = new ArrayList<>(count);
        SplittableRandom random = new SplittableRandom(seed);
        int users = Math.max(8, count / 100);
        for (int i = 0; i < count; i++) {
            SampleSession session = session(i, users, random.split());
            sessions.add(random.nextDouble() < awkward ? AwkwardSession.of(session, random.split()) : session);
        }
        return sessions;
    }

    private GeneratedSession session(int number, int users, SplittableRandom random) {
        double rank = random.nextDouble();
        double length = random.nextDouble();
        int user = (int) (users * rank * rank * rank);
        boolean ownRoom = random.nextInt(3) > 0;
        return new GeneratedSession(
                "%08d%016x".formatted(number, random.nextLong()),
                random.nextInt(100) < 85 ? AppType.VC : AppType.WB,
                date(random),
                user,
                ownRoom ? user : users + random.nextInt(Math.max(1, users / 10)),
                // Few sessions last two hours.
                500 + (int) (11_500 * length * length),
                random.nextLong());
    }

    private Instant date(SplittableRandom random) {
        long millis = from.toEpochMilli();
        for (int i = 0; i < TRIES; i++) {
            millis = random.nextLong(from.toEpochMilli(), to.toEpochMilli());
            OffsetDateTime date = Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
            int busy = HOURS[date.getHour()];
            boolean weekend = date.getDayOfWeek().getValue() > 5;
            if (random.nextInt(100) < (weekend ? busy / 6 : busy)) {
                break;
            }
        }
        return Instant.ofEpochMilli(millis);
    }
}
