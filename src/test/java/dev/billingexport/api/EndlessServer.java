package dev.billingexport.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Answers each request with a beginning, and then with the same bytes again and again, until the other side hangs up. */
final class EndlessServer implements AutoCloseable {

    private final ServerSocket server;
    private final byte[] start;
    private final byte[] more;
    private final Duration pause;

    EndlessServer(byte[] start, byte[] more, Duration pause) throws IOException {
        this.start = start;
        this.more = more;
        this.pause = pause;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread answering = new Thread(this::answerAll);
        answering.setDaemon(true);
        answering.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void answerAll() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write(start);
                while (true) {
                    socket.getOutputStream().write(more);
                    LockSupport.parkNanos(pause.toNanos());
                }
            } catch (IOException hungUp) {
                // As it shall.
            }
        }
    }
}
