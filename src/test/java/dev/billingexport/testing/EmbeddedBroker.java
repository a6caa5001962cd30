package dev.billingexport.testing;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/** An Apache Artemis on the loopback interface that keeps its messages in a folder, and knows one user who may use it and one who may not. */
public final class EmbeddedBroker implements AutoCloseable {

    public static final String USER = "billing";
    public static final String PASSWORD = "billing-secret";

    /** May log in, with the same password, and no more. */
    public static final String STRANGER = "stranger";

    private final Path folder;
    private final int port;
    private EmbeddedActiveMQ server;

    private EmbeddedBroker(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    public static EmbeddedBroker start(Path folder) {
        EmbeddedBroker broker = new EmbeddedBroker(folder, freePort());
        broker.start();
        return broker;
    }

    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** How many requests lie in all queues, those that somebody works on among them. */
    public long requests() {
        return queues().mapToLong(Queue::getMessageCount).sum();
    }

    /** Loses the requests that nobody has taken yet; returns how many. */
    public int loseRequests() {
        return queues().mapToInt(queue -> {
                    try {
                        return queue.deleteAllReferences();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                })
                .sum();
    }

    private Stream<Queue> queues() {
        return server.getActiveMQServer()
                .getPostOffice()
                .getAllBindings()
                .map(binding -> server.getActiveMQServer()
                        .locateQueue(SimpleString.of(binding.getUniqueName().toString())))
                .filter(queue -> queue != null);
    }

    /** Sends requests once more to the queue that there is. */
    public void request(List<String> numbers) {
        String queue =
                queues().map(each -> each.getName().toString()).findFirst().orElseThrow();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url());
                JMSContext context = factory.createContext(USER, PASSWORD)) {
            JMSProducer producer = context.createProducer();
            numbers.forEach(number -> producer.send(context.createQueue(queue), number.replace("|", "")));
        }
    }

    /** Ends and starts again, with the messages that it had. */
    public void restart() {
        close();
        start();
    }

    /** Starts it again after {@link #close}. */
    public void start() {
        try {
            Configuration configuration = new ConfigurationImpl()
                    .setSecurityEnabled(true)
                    .setPersistenceEnabled(true)
                    .setJournalType(JournalType.NIO)
                    .setJournalDirectory(folder.resolve("journal").toString())
                    .setBindingsDirectory(folder.resolve("bindings").toString())
                    .setLargeMessagesDirectory(folder.resolve("large").toString())
                    .setPagingDirectory(folder.resolve("paging").toString())
                    .addAcceptorConfiguration("tcp", url())
                    .addAddressSetting("#", new AddressSettings().setMaxDeliveryAttempts(-1));
            Role role = new Role("workers", true, true, true, true, true, true, false, true, true, true, false, false);
            configuration.putSecurityRoles("billing-export.#", java.util.Set.of(role));
            SecurityConfiguration users = new SecurityConfiguration();
            users.addUser(USER, PASSWORD);
            users.addRole(USER, "workers");
            users.addUser(STRANGER, PASSWORD);
            users.addRole(STRANGER, "strangers");
            server = new EmbeddedActiveMQ();
            server.setConfiguration(configuration);
            server.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
            server.start();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
