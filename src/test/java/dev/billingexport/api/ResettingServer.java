package dev.billingexport.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** Resets every connection at the first byte of its request. */
final class ResettingServer implements AutoCloseable {

    private final ServerSocket server;

    ResettingServer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread resetting = new Thread(this::resetAll);
        resetting.setDaemon(true);
        resetting.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void resetAll() {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read();
                    // Closing with unread input and no linger sends a reset.
                    socket.setSoLinger(true, 0);
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }
}
