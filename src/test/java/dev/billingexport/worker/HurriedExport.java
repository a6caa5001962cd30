package dev.billingexport.worker;

import dev.billingexport.BillingExport;
import dev.billingexport.cli.CommandLineInterface;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** The program, with a launch that waits a tenth of a second where it would wait a minute, and a second for its half. */
@Import(BillingExport.class)
public class HurriedExport {

    public static void main(String[] arguments) {
        CommandLineInterface.main(HurriedExport.class, arguments);
    }

    @Bean
    @Primary
    RemoteWindows.Patience hurry() {
        return new RemoteWindows.Patience(Duration.ofMillis(100), Duration.ofSeconds(1));
    }
}
