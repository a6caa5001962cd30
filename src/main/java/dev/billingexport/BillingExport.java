package dev.billingexport;

import dev.billingexport.cli.CommandLineInterface;
import dev.billingexport.job.ExportProperties;
import dev.billingexport.worker.WorkerConfiguration;
import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Where the program starts, and where its parts are found. To look in the other packages, too, would slow every start. */
@SpringBootApplication(
        proxyBeanMethods = false,
        scanBasePackages = {"dev.billingexport.job", "dev.billingexport.ledger", "dev.billingexport.run"})
@Import(WorkerConfiguration.class)
@EnableConfigurationProperties(ExportProperties.class)
public class BillingExport {

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        CommandLineInterface.main(BillingExport.class, arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
