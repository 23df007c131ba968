// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.yolotorch.Weights;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Count;
import org.yolotorch.internal.WebFile;

/** Fetches one file into the cache. */
public final class Download {
  /** More than three times the largest weights there are. */
  public static final long MOST_BYTES = 1L << 30;

  public static final int ATTEMPTS = 3;

  public static final int MOST_REDIRECTS = 5;

  /** A mirror may be on this machine or in a private network. */
  private static final WebFile.Rules RULES = new WebFile.Rules(MOST_REDIRECTS, false);

  private static final WebFile.Patience PATIENCE =
      new WebFile.Patience(10_000, 30_000, 500, Duration.ofHours(1));

  /** Java's file locks exclude other processes, but not other threads of this one. */
  private static final ConcurrentHashMap<Path, Object> MONITORS = new ConcurrentHashMap<>();

  private final WeightPlaces places;
  private final String name;
  private final Weights.Listener listener;
  private final WebFile.Patience patience;
  private final URI address;
  private final Path file;
  private final PartFile part;
  private boolean told;

  public Download(WeightPlaces places, String name, Weights.Listener listener) {
    this(places, name, listener, PATIENCE);
  }

  public Download(
      WeightPlaces places, String name, Weights.Listener listener, WebFile.Patience patience) {
    this.places = places;
    this.name = name;
    this.listener = listener;
    this.patience = patience;
    this.address = places.address(name);
    this.file = places.cache().resolve(name);
    this.part = new PartFile(file, address);
  }

  /** The file, fetched unless it is there and sound. */
  public Path get() {
    if (Files.isRegularFile(file) && Sha256.complaint(file) == null) {
      return file;
    }
    try {
      Files.createDirectories(places.cache());
    } catch (IOException e) {
      throw part.unwritable(e);
    }
    synchronized (MONITORS.computeIfAbsent(file.toAbsolutePath(), path -> new Object())) {
      return getLocked();
    }
  }

  @SuppressWarnings("try") // The lock is held, not used.
  private Path getLocked() {
    Path lockFile = file.resolveSibling(name + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      // Another process may have fetched it while this one waited.
      if (Files.isRegularFile(file)) {
        String complaint = Sha256.complaint(file);
        if (complaint == null) {
          lockFile.toFile().delete();
          return file;
        }
        listener.note(
            "'" + file + "' is no longer as it was fetched: " + complaint + "; fetching it anew.");
      }
      fetch();
      part.finish();
      // Only now: whoever waits for this lock will find the file and need no lock.
      lockFile.toFile().delete();
    } catch (IOException e) {
      throw part.unwritable(e);
    }
    listener.finished(file);
    return file;
  }

  private FileLock lock(FileChannel channel) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock != null) {
      return lock;
    }
    listener.note("Another process is fetching '" + name + "'; waiting for it.");
    return channel.lock();
  }

  private void fetch() {
    for (int attempt = 1; ; attempt++) {
      String reason;
      IOException cause;
      try {
        attempt();
        return;
      } catch (WebFile.Unreachable e) {
        throw failed(e.getMessage(), e.getCause());
      } catch (WebFile.BadRedirect e) {
        throw failed(e.getMessage(), null);
      } catch (IOException e) {
        reason = WebFile.reason(e);
        cause = e;
      }
      if (attempt == ATTEMPTS) {
        throw failed("the connection broke " + ATTEMPTS + " times (" + reason + ")", cause);
      }
      listener.note(
          "The connection to " + address.getHost() + " broke (" + reason + "); trying again.");
      pause((long) attempt * patience.pause());
    }
  }

  private void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("the thread was interrupted", e);
    }
  }

  /** Asks once; an IOException means that the connection broke and asking again may help. */
  private void attempt() throws IOException, WebFile.Unreachable, WebFile.BadRedirect {
    long have = part.resumable();
    try (WebFile answer = WebFile.open(address, have, part.validator(), patience, RULES)) {
      int status = answer.status();
      if (status == 416 || status == 206 && !continues(answer, have)) {
        part.discard();
        throw new IOException("it holds another file than before");
      }
      if (status >= 500) {
        throw new IOException(answer.statusLine());
      }
      if (status != 200 && status != 206) {
        throw failed("the server answered " + answer.statusLine(), null);
      }
      if (answer.size() > MOST_BYTES) {
        part.discard();
        throw failed("it has " + answer.size() + " bytes, more than any weights", null);
      }
      receive(answer);
    }
  }

  /** Whether a partial answer is the rest of what is there. */
  private boolean continues(WebFile answer, long have) {
    String validator = answer.validator();
    return answer.start() == have
        && (have == 0 || validator == null || validator.equals(part.validator()));
  }

  private void receive(WebFile answer) throws IOException {
    long size = answer.size();
    long present = answer.start();
    try (InputStream in = answer.body()) {
      byte[] head = new byte[0];
      if (present == 0) {
        head = in.readNBytes(512);
        checkHead(head, answer);
      }
      if (!told) {
        told = true;
        listener.started(address, file, present, size);
      }
      try (OutputStream out = part.open(present, answer.validator())) {
        byte[] buffer = new byte[1 << 16];
        System.arraycopy(head, 0, buffer, 0, head.length);
        for (int count = head.length; count >= 0; count = in.read(buffer)) {
          present += count;
          if (Thread.currentThread().isInterrupted()) {
            throw failed("the thread was interrupted", null);
          }
          if (present > MOST_BYTES) {
            part.discard();
            throw failed("it has more than " + MOST_BYTES + " bytes, more than any weights", null);
          }
          part.write(out, buffer, count);
          listener.progressed(present, size);
        }
      }
    }
    if (size >= 0 && present != size) {
      throw new IOException(present + " of " + Count.of(size, "byte") + " came");
    }
    if (!part.endsLikeZip()) {
      part.discard();
      throw failed("its end is missing, for it does not end like a zip file", null);
    }
  }

  /** Refuses what cannot be weights before a byte of it is kept. */
  private void checkHead(byte[] head, WebFile answer) throws IOException {
    if (head.length < 4 && answer.size() > head.length) {
      throw new IOException(head.length + " of " + answer.size() + " bytes came");
    }
    if (PartFile.startsLikeZip(head)) {
      return;
    }
    part.discard();
    String text = WebFile.printable(new String(head, StandardCharsets.ISO_8859_1));
    boolean html = text.startsWith("<") || answer.type().startsWith("text/html");
    throw failed(
        "what came is "
            + (head.length == 0 ? "empty" : html ? "a web page" : "no zip file")
            + " ("
            + answer.type()
            + (head.length == 0 ? "" : ", beginning with '" + text + "'")
            + ")",
        null);
  }

  private YoloException.DownloadFailed failed(String reason, Throwable cause) {
    return new YoloException.DownloadFailed(
        "No sound '"
            + name
            + "' lies in "
            + places.folders()
            + ", and fetching it from "
            + address
            + " failed: "
            + reason
            + "; put the file into one of these folders, or see to the connection and try again.",
        cause);
  }
}
