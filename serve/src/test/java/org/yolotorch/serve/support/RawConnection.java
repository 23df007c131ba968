// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A connection on which a client sends whatever it likes. Not thread-safe. */
public final class RawConnection implements AutoCloseable {
  private final Socket socket;

  public RawConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
  }

  /** Sends a text; each {@code \n} becomes the end of a line of HTTP. */
  public RawConnection send(String text) throws IOException {
    return send(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends as much as the server takes. */
  public RawConnection sendAll(String text) {
    try {
      send(text);
    } catch (IOException e) {
      // The server has closed the connection, which is its answer.
    }
    return this;
  }

  public RawConnection endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Status of the next answer, whose body is read; 0 if the connection ends without one. */
  public int status() throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    try {
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          return 0;
        }
        head.write(next);
      }
      String text = head.toString(StandardCharsets.ISO_8859_1);
      int length = 0;
      for (String line : text.split("\r\n")) {
        if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      in.readNBytes(length);
      return Integer.parseInt(text.split(" ")[1]);
    } catch (SocketException e) {
      return 0;
    }
  }

  /** Waits for the first byte of an answer. */
  public void awaitAnswer() throws IOException {
    socket.getInputStream().read();
  }

  /** Waits until the server closes the connection. */
  public void awaitEnd() throws IOException {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException e) {
      // Reset, an end as well.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
