package dev.billingexport.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both drivers would run what a URL says. */
class DatabaseUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:file:/srv/data/ledger",
                "jdbc:h2:/srv/data/ledger;CACHE_SIZE=65536;lock_timeout=1000",
                "jdbc:postgresql://db.example.com/billing",
                "jdbc:postgresql://db1:5432,db2:5432/billing?targetServerType=primary&sslmode=verify-full&sslrootcert=/etc/ca.pem",
                "jdbc:postgresql://[::1]:5432/billing?ApplicationName=billing-export"
            })
    void harmlessOnesPass(String url) {
        assertThatCode(() -> DatabaseUrl.check(url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:file:/srv/data;INIT=RUNSCRIPT FROM '/tmp/top-secret.sql'",
                "jdbc:h2:file:/srv/data;init=RUNSCRIPT FROM '/tmp/x.sql'",
                "jdbc:h2:file:/srv/data;CACHE_SIZE=1\\;INIT=x",
                "jdbc:h2:file:/srv/data;CACHE_SIZE=1; INIT=x",
                "jdbc:h2:file:/srv/data;TRACE_LEVEL_FILE=4",
                "jdbc:h2:file:/srv/data;AUTO_SERVER=TRUE",
                "jdbc:h2:file:/srv/data;DATABASE_EVENT_LISTENER='evil.Listener'",
                "jdbc:h2:file:/srv/data;PASSWORD=top-secret",
                "jdbc:h2:mem:x",
                "jdbc:h2:tcp://host/x",
                "jdbc:h2:zip:/tmp/x.zip!/x",
                "jdbc:h2:file:zip:/tmp/x.zip!/x",
                "JDBC:H2:file:/srv/data;INIT=x",
                " jdbc:h2:file:/srv/data;INIT=x",
                "jdbc:postgresql://host/db?socketFactory=org.example.Evil&socketFactoryArg=top-secret",
                "jdbc:postgresql://host/db?loggerLevel=TRACE&loggerFile=/etc/cron.d/x",
                "jdbc:postgresql://host/db?sslmode=require&SSLFACTORY=x",
                "jdbc:postgresql://host/db?sslfactory=x",
                "jdbc:postgresql://host/db?sslpasswordcallback=x",
                "jdbc:postgresql://host/db?authenticationPluginClassName=x",
                "jdbc:postgresql://host/db?user=x&password=top-secret",
                "jdbc:postgresql://me:top-secret@host/db",
                "jdbc:postgresql://host/db?%73ocketFactory=x",
                "jdbc:postgresql:db",
                "jdbc:mysql://host/db?autoDeserialize=true",
                "jdbc:log4jdbc:h2:mem:x",
                "jndi:ldap://host/x",
                ""
            })
    void othersAreRefusedWithoutWhatTheySay(String url) {
        assertThatThrownBy(() -> DatabaseUrl.check(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must ")
                .message()
                .doesNotContain("top-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data;INIT=RUNSCRIPT FROM 'x.sql'", "my;data", "a\\b", "a\nb"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there a backslash is no part of a name")
    void aDataDirectoryThatH2WouldTakeForOptionsIsRefused(String name) {
        assertThatThrownBy(() -> DataDirectory.url(Path.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("export.data-dir")
                .hasMessageContaining("must not have a semicolon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my data", "50%", "a#b", "a?b", "a'b\"c", "Ünï 日本", "a,b", "a&b=c", "~x", "a:b"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such names")
    void otherOddNamesPass(String name) {
        assertThatCode(() -> DataDirectory.url(Path.of(name))).doesNotThrowAnyException();
    }
}
