package dev.billingexport.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.delivery.S3Server;
import dev.billingexport.sample.RecordedSample;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.SigningKeys;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A month that is delivered to a bucket, proven, amended and compared there; its tables are packed, and users have their own. */
class BucketRunTest {

    private static final String PERIOD = "billing/2026-10/";

    @TempDir
    private Path folder;

    @Test
    void aBucketHoldsTheBytesOfAFolderAndItsRevisionsAreComparedThere() throws Exception {
        S3Server server = S3Server.mock();
        String bucket = server.bucket();
        String location = "s3://" + bucket + "/finance";
        SigningKeys keys = SigningKeys.in(folder, "key");
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, RecordedSample.sessions());
                S3Client client = server.client()) {
            Terminal local = terminal("local").connect(api);
            Terminal remote = terminal("remote")
                    .connect(api)
                    .set("aws.accessKeyId", S3Server.KEY)
                    .set("aws.secretAccessKey", S3Server.SECRET)
                    .set("export.delivery.s3.endpoint", server.endpoint().toString())
                    .set("export.delivery.s3.path-style", "true")
                    .set("export.delivery.signing-key", keys.privateKey().toString())
                    .set("export.delivery.location", location);

            for (String command : new String[] {"run --month=2026-10", "run --month=2026-10 --rerun"}) {
                for (Terminal terminal : new Terminal[] {local, remote}) {
                    Terminal.Screen screen = terminal.type(command.split(" "));
                    assertThat(screen.exitCode()).as("%s", screen).isZero();
                }
                api.remove("vc-002");
            }

            Map<String, String> inTheBucket = contents(client, bucket);
            assertThat(inTheBucket.keySet()).contains(PERIOD + "r2/amendments.csv.gz", PERIOD + "r2/sessions.csv.gz");
            assertThat(FolderContents.withoutManifests(inTheBucket))
                    .isEqualTo(FolderContents.withoutManifests(local.files("out")));
            Terminal.Screen export = remote.type(
                    "verify",
                    location + "/billing",
                    "--public-key",
                    keys.publicKey().toString());
            assertThat(export.exitCode()).as("%s", export).isZero();
            assertThat(export.out())
                    .anyMatch(line -> line.startsWith("2026-10 r1 to 2026-10 r2: signed with the key "));
            Terminal.Screen verified = remote.type("verify", location + "/" + PERIOD);
            assertThat(verified.out())
                    .as("%s", verified)
                    .last()
                    .isEqualTo("Verified: everything is as the manifest says.");
            Terminal.Screen compared =
                    remote.type("compare", location + "/" + PERIOD + "r1", location + "/" + PERIOD + "r2");
            assertThat(compared.exitCode()).as("%s", compared).isZero();
            assertThat(compared.out())
                    .contains("Sessions added: 0, removed: 1, changed: 0.")
                    .containsSequence(remote.type("compare", folder("local") + "r1", folder("local") + "r2")
                            .out()
                            .subList(2, 5));

            String key = "finance/" + PERIOD + "r2/sessions.csv.gz";
            client.putObject(
                    request -> request.bucket(bucket).key(key),
                    RequestBody.fromBytes(
                            inTheBucket.get(PERIOD + "r1/sessions.csv.gz").getBytes(ISO_8859_1)));
            Terminal.Screen tampered = remote.type("verify", location + "/" + PERIOD);
            assertThat(tampered.exitCode()).isEqualTo(ExitCode.DIFFERENT);
            assertThat(tampered.out()).anyMatch(line -> line.startsWith("sessions.csv.gz: size"));
        }
    }

    private Terminal terminal(String name) {
        return new Terminal(folder.resolve(name))
                .set("export.report.csv.gzip", "true")
                .set("export.report.split-by", "user_id");
    }

    private String folder(String name) {
        return folder.resolve(name).resolve("out").resolve(PERIOD) + "/";
    }

    private static Map<String, String> contents(S3Client client, String bucket) {
        Map<String, String> contents = new TreeMap<>();
        client.listObjectsV2Paginator(request -> request.bucket(bucket))
                .contents()
                .forEach(object -> contents.put(
                        object.key().substring("finance/".length()),
                        new String(
                                client.getObjectAsBytes(request ->
                                                request.bucket(bucket).key(object.key()))
                                        .asByteArray(),
                                ISO_8859_1)));
        return contents;
    }
}
