package dev.billingexport.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A {@link MeasuredApi} that was started. Not thread-safe. */
final class ApiProcess implements AutoCloseable {

    /** It shares the cores with those who are measured: the better compiler costs it more than it gains in a minute. */
    static final List<String> FRUGAL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** For one that is warm before anybody is measured: it takes half the processor time then. */
    static final List<String> THOROUGH = List.of("-XX:+UseSerialGC");

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter orders;
    private URI baseUrl;

    /**
     * What the server saw.
     *
     * @param requests all of them, refused ones included
     * @param sessions requests for call details
     * @param refused requests that were answered with an error
     * @param seconds from the first request to the last answer, by the server's clock
     * @param firstRequest when that came in; of no meaning before it did
     */
    record Report(long requests, long sessions, long refused, double seconds, Instant firstRequest) {}

    private ApiProcess(Process process) throws IOException {
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
        orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        baseUrl = listening();
    }

    /** @param sessions in September and October 2026, half in each */
    static ApiProcess start(List<String> jvm, int sessions, Duration latency) {
        try {
            return new ApiProcess(new ProcessBuilder(Child.java(
                            jvm, MeasuredApi.class, Integer.toString(sessions), Long.toString(latency.toMillis())))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI baseUrl() {
        return baseUrl;
    }

    /** Goes on with as many sessions, half in each month, at another address. */
    void sessions(int number) {
        orders.println("sessions " + number);
        try {
            baseUrl = listening();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI listening() throws IOException {
        return URI.create(Objects.requireNonNull(answers.readLine(), "the server didn't start"));
    }

    void limit(double perSecond, double burst) {
        orders.println("limit " + perSecond + " " + burst);
    }

    void reset() {
        orders.println("reset");
    }

    Report report() {
        orders.println("report");
        try {
            String[] figures = answers.readLine().split(" ");
            return new Report(
                    Long.parseLong(figures[0]),
                    Long.parseLong(figures[1]),
                    Long.parseLong(figures[2]),
                    Double.parseDouble(figures[3]),
                    Instant.ofEpochMilli(Long.parseLong(figures[4])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
