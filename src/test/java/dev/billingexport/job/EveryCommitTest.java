package dev.billingexport.job;

import static dev.billingexport.testing.FolderContents.withoutTimes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.Generator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * A run that dies at one of its commits, just before or just after it: at those of the launch, of the splitter of each
 * step, of chunks, windows and files, and at the last one, when everything is delivered and only the run doesn't know.
 */
class EveryCommitTest {

    private static final List<SampleSession> SESSIONS =
            new Generator(5, 60, ExportProcess.OCTOBER.start(), ExportProcess.OCTOBER.end(), 0.2).sessions();

    @TempDir
    Path home;

    /** Some of them in the suite; the Maven profile {@code soak} takes all. */
    @Test
    void theNextLaunchFinishesWhatADeathAtACommitLeft() throws IOException {
        int step = Integer.getInteger("soak.commits.step", 53);
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, SESSIONS)) {
            Map<String, String> undisturbed = undisturbed(api);
            int deaths = 0;
            int moment = 0;
            while (dies(api, 1 + moment / 2, moment % 2 == 1)) {
                deaths++;
                finish(api, undisturbed);
                moment += step;
            }
            System.out.printf("Died at commits: %d of %d moments, all finished with the same bytes%n", deaths, moment);
            assertThat(moment).as("commits of a run, before and after each").isGreaterThan(60);
        }
    }

    private Map<String, String> undisturbed(FakeApi api) throws IOException {
        try (ExportProcess process = start(api)) {
            assertThat(process.launch(process.october(1)).kind()).isEqualTo(Outcome.Kind.DELIVERED);
        }
        return files();
    }

    private boolean dies(FakeApi api, int commit, boolean after) throws IOException {
        FileSystemUtils.deleteRecursively(home.resolve("data"));
        FileSystemUtils.deleteRecursively(home.resolve("out"));
        api.counters().reset();
        try (ExportProcess process = start(api)) {
            Run run = process.october(1);
            process.killAtCommit(commit, after);
            return process.launchDies(run);
        }
    }

    private void finish(FakeApi api, Map<String, String> undisturbed) throws IOException {
        try (ExportProcess process = start(api)) {
            Run run = process.october(1);
            if (run.delivered()) {
                // It died only just before it could say so.
                assertThat(files()).isEqualTo(undisturbed);
                return;
            }
            Map<String, Long> collected = new HashMap<>();
            process.contents()
                    .sessionIds(run)
                    .forEach(id -> collected.put(id, api.counters().requests(Route.CDR, id)));

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

            collected.forEach((id, requests) ->
                    assertThat(api.counters().requests(Route.CDR, id)).as(id).isEqualTo(requests));
            assertThat(process.get(Runs.class).all()).singleElement().matches(Run::delivered);
        }
        assertThat(files()).isEqualTo(undisturbed);
    }

    private ExportProcess start(FakeApi api) {
        return ExportProcess.start(home, api, "export.source.app-types=vc", "export.source.window=31d");
    }

    private Map<String, String> files() {
        return withoutTimes(FolderContents.of(home.resolve("out")));
    }
}
