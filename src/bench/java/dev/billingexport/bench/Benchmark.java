package dev.billingexport.bench;

import java.util.Map;

/** One benchmark. It measures what it compares side by side, in turns, for a machine is never as fast as a minute ago. */
public interface Benchmark {

    /** The numbers that may be set on the command line, with what they are otherwise. */
    Map<String, Integer> settings();

    /**
     * Measures, and tells its progress on standard output.
     *
     * @param settings a number for each of {@link #settings()}
     */
    MarkdownTable run(Map<String, Integer> settings) throws Exception;
}
