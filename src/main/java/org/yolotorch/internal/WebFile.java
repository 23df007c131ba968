// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP response to the request for a file, or for the rest of one.
 *
 * <p>{@link HttpURLConnection} and not {@code java.net.http}: it starts faster, and its read
 * timeout applies to each read, not to the whole response. Redirects are followed here, by stricter
 * rules than its own.
 */
public final class WebFile implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

  private final HttpURLConnection connection;
  private final int status;
  private final Watched watched;
  private Runnable end;

  private WebFile(HttpURLConnection connection, int status, Watched watched) {
    this.connection = connection;
    this.status = status;
    this.watched = watched;
  }

  /** The server cannot be reached at all; trying again at once would not help. */
  public static final class Unreachable extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    /** Says why, without a full stop. */
    Unreachable(String reason, IOException cause) {
      super(reason, cause);
    }
  }

  /** A redirect to an address that the {@link Rules} do not allow. */
  public static final class BadRedirect extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    BadRedirect(String reason) {
      super(reason);
    }
  }

  /**
   * How long to wait.
   *
   * @param connect milliseconds for a connection
   * @param read milliseconds for the next byte
   * @param pause milliseconds before asking again
   * @param head for the head of the answer, redirects included
   * @param whole for everything
   */
  public record Patience(
      int connect, int read, int pause, Duration head, Duration whole, Deadline.Clock clock) {
    private static final Duration HEAD = Duration.ofMinutes(1);

    /** A minute for the head, by the clock of this process. */
    public Patience(int connect, int read, int pause, Duration whole) {
      this(connect, read, pause, HEAD, whole, Deadline.SYSTEM);
    }
  }

  /**
   * Where redirects may lead.
   *
   * @param redirects most redirects that are followed
   * @param publicOnly whether every address on the way must be one of the public internet
   */
  public record Rules(int redirects, boolean publicOnly) {}

  /**
   * Asks for a file, from byte {@code start} on if it is still the one that {@code validator}
   * stands for.
   *
   * @throws IOException if the connection breaks, or the time is over
   * @throws Unreachable if there is no connection
   * @throws BadRedirect if the way leads where it may not
   */
  public static WebFile open(
      URI address, long start, String validator, Patience patience, Rules rules)
      throws IOException, Unreachable, BadRedirect {
    Watched watched = new Watched();
    Runnable wholeEnd = watched.endAfter(patience.whole(), patience.clock());
    Runnable headEnd = watched.endAfter(patience.head(), patience.clock());
    AtomicReference<HttpURLConnection> latest = new AtomicReference<>();
    boolean open = false;
    try {
      WebFile file =
          watched.call(() -> ask(address, start, validator, patience, rules, watched, latest));
      file.end = wholeEnd;
      open = true;
      return file;
    } catch (IOException | Unreachable | BadRedirect | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      headEnd.run();
      if (!open) {
        wholeEnd.run();
        close(watched, latest.get());
      }
    }
  }

  /** Asks, and follows where that leads; {@code latest} gets what is connected. */
  private static WebFile ask(
      URI address,
      long start,
      String validator,
      Patience patience,
      Rules rules,
      Watched watched,
      AtomicReference<HttpURLConnection> latest)
      throws IOException, Unreachable, BadRedirect {
    URI at = address;
    for (int hop = 0; ; hop++) {
      if (rules.publicOnly()) {
        PublicAddress.check(at.getHost());
      }
      HttpURLConnection connection = (HttpURLConnection) at.toURL().openConnection();
      latest.set(connection);
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      connection.setConnectTimeout(patience.connect());
      connection.setReadTimeout(patience.read());
      connection.setRequestProperty("User-Agent", "yolotorch");
      // Java's default prefers text/html.
      connection.setRequestProperty("Accept", "*/*");
      connection.setRequestProperty("Accept-Encoding", "identity");
      if (start > 0) {
        connection.setRequestProperty("Range", "bytes=" + start + "-");
        connection.setRequestProperty("If-Range", validator);
      }
      try {
        connection.connect();
      } catch (IOException e) {
        throw new Unreachable(at.getHost() + " cannot be reached (" + reason(e) + ")", e);
      }
      if (watched.isLost()) {
        connection.disconnect();
        throw new IOException("nobody waits for it");
      }
      int status;
      try {
        status = connection.getResponseCode();
      } catch (IOException | RuntimeException | Error e) {
        connection.disconnect();
        throw e;
      }
      if (!isRedirect(status)) {
        return new WebFile(connection, status, watched);
      }
      String location = connection.getHeaderField("Location");
      connection.disconnect();
      if (hop == rules.redirects()) {
        throw new BadRedirect("it redirects more than " + rules.redirects() + " times");
      }
      at = redirect(at, location);
    }
  }

  private static boolean isRedirect(int status) {
    return status >= 301 && status <= 303 || status == 307 || status == 308;
  }

  public static boolean isWeb(URI address) {
    return address.getHost() != null
        && ("https".equalsIgnoreCase(address.getScheme())
            || "http".equalsIgnoreCase(address.getScheme()));
  }

  /** Where a redirect leads: to the web, and never from https to http. */
  public static URI redirect(URI from, String location) throws BadRedirect {
    try {
      URI to = location == null ? null : from.resolve(new URI(location));
      if (to != null
          && isWeb(to)
          && ("https".equalsIgnoreCase(to.getScheme())
              || !"https".equalsIgnoreCase(from.getScheme()))) {
        return to;
      }
    } catch (URISyntaxException e) {
      // Told below, as any other place we do not go to.
    }
    String shown = location == null ? "nowhere" : "'" + printable(location) + "'";
    throw new BadRedirect("it redirects from " + from.getScheme() + " to " + shown);
  }

  /** The beginning of a text from outside, without what could disturb a terminal. */
  public static String printable(String text) {
    String line = text.replaceAll("[^\\x20-\\x7E]+", " ").strip();
    return line.length() > 60 ? line.substring(0, 60) + "..." : line;
  }

  /** Why a connection failed, in a few words. */
  public static String reason(IOException error) {
    if (error instanceof UnknownHostException) {
      return "unknown host";
    }
    if (error instanceof SocketTimeoutException) {
      return "timed out";
    }
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : printable(message);
  }

  /** The status code, or -1 if the answer is not HTTP. */
  public int status() {
    return status;
  }

  /** The status as the server words it, such as {@code 404 Not Found}. */
  public String statusLine() throws IOException {
    if (status < 0) {
      return "in another language than HTTP";
    }
    String words = connection.getResponseMessage();
    return status + (words == null || words.isBlank() ? "" : " " + printable(words));
  }

  /** Kind of content, as the server states it. */
  public String type() {
    String type = connection.getContentType();
    return type == null ? "no type" : printable(type);
  }

  /** Byte the content begins with, or -1 where the server says something else than it should. */
  public long start() {
    Matcher range = range();
    return status != HttpURLConnection.HTTP_PARTIAL ? 0 : range == null ? -1 : number(range, 1);
  }

  /** Size of the whole file, or -1 if the server does not tell. */
  public long size() {
    Matcher range = range();
    return range == null ? connection.getContentLengthLong() : number(range, 3);
  }

  private Matcher range() {
    String text = connection.getHeaderField("Content-Range");
    if (status != HttpURLConnection.HTTP_PARTIAL || text == null) {
      return null;
    }
    Matcher range = RANGE.matcher(text);
    return range.matches() ? range : null;
  }

  private static long number(Matcher range, int group) {
    String digits = range.group(group);
    // More digits than any file size has: no number of bytes at all.
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  /**
   * Validator of this content for a later range request: a strong entity tag, else its date; null
   * if neither.
   */
  public String validator() {
    String tag = connection.getHeaderField("ETag");
    if (tag != null && tag.startsWith("\"")) {
      return tag;
    }
    return connection.getHeaderField("Last-Modified");
  }

  /** The content; reading it fails when the time is over. */
  public InputStream body() throws IOException {
    InputStream in = connection.getInputStream();
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
      }

      @Override
      public int read(byte[] target, int offset, int count) throws IOException {
        try {
          return watched.call(() -> in.read(target, offset, count));
        } catch (IOException | RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  @Override
  public void close() {
    end.run();
    close(watched, connection);
  }

  private static void close(Watched watched, HttpURLConnection connection) {
    watched.close();
    if (connection == null) {
      return;
    }
    if (watched.isLost()) {
      // The other thread may hold what this needs.
      Watched.aside(connection::disconnect);
    } else {
      connection.disconnect();
    }
  }
}
