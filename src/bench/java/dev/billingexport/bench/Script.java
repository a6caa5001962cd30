package dev.billingexport.bench;

import dev.billingexport.sample.SampleAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A script that only fetches and writes: {@code src/bench/resources/script.py}. */
final class Script {

    private static final String SCRIPT =
            Path.of("src", "bench", "resources", "script.py").toString();

    private Script() {}

    /** A Python that has what the script needs; empty where none has. */
    static Optional<String> python() throws InterruptedException {
        // A system's packages are not seen by another Python that comes first in the path.
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                ProcessBuilder check = new ProcessBuilder(python, "-c", "import aiohttp, xlsxwriter");
                if (check.redirectErrorStream(true).start().waitFor() == 0) {
                    return Optional.of(python);
                }
            } catch (IOException e) {
                // Then there is no such Python.
            }
        }
        return Optional.empty();
    }

    static Child run(String python, URI api, int inFlight, Path workbook) throws IOException, InterruptedException {
        return Child.run(List.of(
                python,
                SCRIPT,
                api.toString(),
                SampleAccount.APP_ID,
                SampleAccount.APP_KEY,
                Integer.toString(inFlight),
                workbook.toString()));
    }
}
