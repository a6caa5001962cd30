package dev.billingexport.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.billingexport.BillingExport;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.ProgressLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where commands are typed in a test: they run in this process, in a folder of their own. */
final class Terminal {

    private final Path folder;
    private final Map<String, String> settings = new HashMap<>();
    private Class<?> application = BillingExport.class;
    private boolean sample;

    /** What a command left on the screen, every line that was printed by whomever, but for those that tell of progress. */
    record Screen(int exitCode, List<String> out, List<String> err) {}

    Terminal(Path folder) {
        this.folder = folder;
        // Else the messages would name the jar that runs the tests.
        set("sun.java.command", BillingExport.class.getName());
        set("export.data-dir", folder.resolve("data").toString());
        // A day, the default, makes many more requests and commits for the same sessions.
        set("export.source.window", "10d");
        set("export.delivery.location", folder.resolve("out").toString());
    }

    /** Sets what would be an environment variable's; system properties win in the same way. */
    Terminal set(String property, String value) {
        settings.put(property, value);
        return this;
    }

    /** Leaves a setting to the job file or the default. */
    Terminal unset(String property) {
        settings.remove(property);
        return this;
    }

    /** Logs in to a sample API. */
    Terminal connect(FakeApi api) {
        set("export.source.base-url", api.baseUrl().toString());
        set("ENABLEX_APP_ID", SampleAccount.APP_ID);
        return set("ENABLEX_APP_KEY", SampleAccount.APP_KEY);
    }

    /** Uses another application, such as one with another clock. */
    Terminal with(Class<?> application) {
        this.application = application;
        return this;
    }

    /** Writes a file into the folder. */
    Path write(String name, String... lines) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commands about runs look into the sample's data directory, where the sample was run last. */
    Screen type(String... arguments) {
        List<String> typed = List.of(arguments);
        if (typed.contains("run")) {
            sample = typed.contains("--sample");
        }
        String dataDirectory = settings.get("export.data-dir");
        if (!sample || typed.contains("run") || dataDirectory == null) {
            return screen(arguments);
        }
        set("export.data-dir", Path.of(dataDirectory).resolve("sample").toString());
        try {
            return screen(arguments);
        } finally {
            set("export.data-dir", dataDirectory);
        }
    }

    private Screen screen(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        Map<String, String> before = new HashMap<>();
        settings.forEach((property, value) -> before.put(property, System.setProperty(property, value)));
        try (PrintStream screenOut = new PrintStream(printed, true, UTF_8);
                PrintStream screenErr = new PrintStream(complained, true, UTF_8)) {
            System.setOut(screenOut);
            System.setErr(screenErr);
            int exitCode =
                    CommandLineInterface.commandLine(application, console()).execute(arguments);
            return new Screen(
                    exitCode, lines(printed.toString(UTF_8)), lines(ProgressLines.removed(complained.toString(UTF_8))));
        } finally {
            System.setOut(out);
            System.setErr(err);
            before.forEach((property, value) -> {
                if (value == null) {
                    System.clearProperty(property);
                } else {
                    System.setProperty(property, value);
                }
            });
        }
    }

    /** Every file below a folder of this one, by its path from there, with its bytes as text. */
    Map<String, String> files(String below) {
        return FolderContents.of(folder.resolve(below));
    }

    private static Console console() {
        return new Console(new dev.billingexport.cli.Screen(System.out, System.err), new StopSignal(), new Verbosity());
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }
}
