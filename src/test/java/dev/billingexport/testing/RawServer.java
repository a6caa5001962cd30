package dev.billingexport.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A server that treats each connection as no HTTP server would, one after the other. */
public final class RawServer implements AutoCloseable {

    private final ServerSocket server;
    private final Treatment treatment;

    /** What is done to a connection, which is closed after it. */
    private interface Treatment {
        void of(Socket socket) throws IOException;
    }

    private RawServer(Treatment treatment) throws IOException {
        this.treatment = treatment;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(this::serve);
        serving.setDaemon(true);
        serving.start();
    }

    /** Resets every connection at the first byte of its request. */
    public static RawServer resetting() throws IOException {
        return new RawServer(socket -> {
            socket.getInputStream().read();
            // Closing with unread input and no linger sends a reset.
            socket.setSoLinger(true, 0);
        });
    }

    /** Answers with a beginning, and then with the same bytes again and again, until the other side hangs up. */
    public static RawServer endless(byte[] start, byte[] more, Duration pause) throws IOException {
        return new RawServer(socket -> {
            socket.getOutputStream().write(start);
            while (true) {
                socket.getOutputStream().write(more);
                LockSupport.parkNanos(pause.toNanos());
            }
        });
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                treatment.of(socket);
            } catch (IOException hungUp) {
                // As it shall, or the test is over.
            }
        }
    }
}
