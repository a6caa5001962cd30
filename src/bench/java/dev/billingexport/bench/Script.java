package dev.billingexport.bench;

import dev.billingexport.sample.SampleAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What others write in Python: {@code src/bench/resources/script.py} only fetches and writes. */
public final class Script {

    private static final String SCRIPT =
            Path.of("src", "bench", "resources", "script.py").toString();

    private Script() {}

    /** A Python that has these modules; empty where none has. */
    public static Optional<String> python(String... modules) throws InterruptedException {
        // A system's packages are not seen by another Python that comes first in the path.
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                ProcessBuilder check = new ProcessBuilder(python, "-c", "import " + String.join(", ", modules));
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
