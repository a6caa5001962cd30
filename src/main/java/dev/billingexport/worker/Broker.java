package dev.billingexport.worker;

import dev.billingexport.job.WorkersProperties;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.JMSFactoryType;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.jms.JmsException;
import org.springframework.jms.connection.UserCredentialsConnectionFactoryAdapter;
import org.springframework.jms.core.JmsTemplate;

/**
 * The queue through which windows are handed out. A request is the number of an execution and nothing else: whoever can
 * write to the queue can have windows worked on and no more.
 */
final class Broker {

    /** The broker takes a process that is silent for so long for dead; one that was killed is noticed at once. */
    private static final long CONNECTION_TTL = 30_000;

    private static final String CONNECTION_TTL_OPTION = "connectionTtl";

    private final URI url;
    private final boolean withUser;
    private final String queue;
    private final ConnectionFactory connections;
    private final JmsTemplate template;

    Broker(WorkersProperties properties, String queue) {
        this.url = Objects.requireNonNull(properties.brokerUrl(), "without a broker there are no workers");
        this.withUser = properties.username() != null;
        this.queue = queue;
        Map<String, String> options = options(url);
        String ttl = options.remove(CONNECTION_TTL_OPTION);
        ActiveMQConnectionFactory artemis = ActiveMQJMSClient.createConnectionFactoryWithoutHA(
                JMSFactoryType.CF,
                new TransportConfiguration(NettyConnectorFactory.class.getName(), new HashMap<>(options)));
        // A request waits at the broker until somebody has time for it.
        artemis.setConsumerWindowSize(0);
        artemis.setConnectionTTL(ttl == null ? CONNECTION_TTL : Long.parseLong(ttl));
        artemis.setClientFailureCheckPeriod(artemis.getConnectionTTL() / 2);
        // No objects are sent, so that none need be read.
        artemis.setDeserializationAllowList("none");
        UserCredentialsConnectionFactoryAdapter withCredentials = new UserCredentialsConnectionFactoryAdapter();
        withCredentials.setTargetConnectionFactory(artemis);
        if (properties.username() != null) {
            withCredentials.setUsername(properties.username());
        }
        if (properties.password() != null) {
            withCredentials.setPassword(properties.password());
        }
        connections = withCredentials;
        template = new JmsTemplate(connections);
        template.setSessionTransacted(true);
    }

    ConnectionFactory connections() {
        return connections;
    }

    String queue() {
        return queue;
    }

    /**
     * Checks that the broker is there and lets this process use the queue.
     *
     * @throws BrokerException with what is to be set
     */
    void check() {
        explained(() -> template.execute(session -> {
            // It takes no message before it is asked for one.
            session.createConsumer(session.createQueue(queue)).close();
            return queue;
        }));
    }

    /**
     * Sends requests, all or none.
     *
     * @throws BrokerException if the broker can't be reached or refuses
     */
    void request(List<Long> stepExecutions) {
        explained(() -> template.execute(session -> {
            try (var producer = session.createProducer(session.createQueue(queue))) {
                for (Long stepExecution : stepExecutions) {
                    producer.send(session.createTextMessage(stepExecution.toString()));
                }
            }
            session.commit();
            return stepExecutions;
        }));
    }

    private void explained(Runnable use) {
        try {
            createdOnce(use);
        } catch (JmsException e) {
            throw new BrokerException("export.workers.broker-url: " + reason(e), e);
        }
    }

    /** The first use creates the queue. Of two processes that start at the same time, one finds that the other was first. */
    private static void createdOnce(Runnable use) {
        try {
            use.run();
        } catch (JmsException e) {
            if (type(e) != ActiveMQExceptionType.QUEUE_EXISTS) {
                throw e;
            }
            use.run();
        }
    }

    private static ActiveMQExceptionType type(JmsException failure) {
        return failure.getCause() instanceof JMSException said && said.getCause() instanceof ActiveMQException cause
                ? cause.getType()
                : ActiveMQExceptionType.GENERIC_EXCEPTION;
    }

    private String reason(JmsException failure) {
        return switch (type(failure)) {
            case SECURITY_EXCEPTION ->
                withUser
                        ? "the broker at " + place()
                                + " refuses the user, or doesn't let it use the queue " + queue
                                + ". Look at export.workers.username and .password, and at the broker's roles."
                        : "the broker at " + place()
                                + " asks for a user. Set export.workers.username, and .password in the environment.";
            case NOT_CONNECTED, CONNECTION_TIMEDOUT ->
                "there is no broker at " + place() + ". Start it, or name the one that there is.";
            default -> "the broker at " + place() + " can't be used: " + failure.getMessage();
        };
    }

    /** Without the options. */
    String place() {
        return url.getHost() + ":" + port(url);
    }

    private static Map<String, String> options(URI url) {
        Map<String, String> options = new HashMap<>();
        options.put("host", url.getHost());
        options.put("port", String.valueOf(port(url)));
        if (url.getRawQuery() != null) {
            for (String option : url.getRawQuery().split("&")) {
                String[] parts = option.split("=", 2);
                options.put(parts[0], parts[1]);
            }
        }
        return options;
    }

    private static int port(URI url) {
        return url.getPort() == -1 ? 61_616 : url.getPort();
    }
}
