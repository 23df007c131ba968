// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.yolotorch.Frame;
import org.yolotorch.Image;
import org.yolotorch.Source;
import org.yolotorch.YoloException;

/**
 * Decodes a source on a background thread, some frames ahead of the consumer, so that decoding
 * overlaps with prediction. Frames may be taken by one thread at a time; {@link #close()} ends the
 * background thread and closes the source.
 */
public final class ReadAhead implements AutoCloseable {
  /** Maximum total size of the decoded pictures that wait, in pixels. */
  private static final long MOST_PIXELS = 64_000_000;

  private final Source source;
  private final int most;
  private final Thread thread;
  private final Deque<Entry> ready = new ArrayDeque<>();
  private long readyPixels;
  private boolean ended;
  private boolean closed;
  private Throwable defect;

  /**
   * A frame with the outcome of decoding it: an image, or the reason why there is none.
   *
   * @param frame the frame
   * @param image its pixels, or null
   * @param failure what its {@link Frame#read()} threw, or null
   * @param nanos how long decoding took, in nanoseconds
   */
  public record Entry(Frame frame, Image image, YoloException failure, long nanos) {
    private long pixels() {
      return image == null ? 0 : (long) image.width() * image.height();
    }
  }

  /**
   * Starts to decode.
   *
   * @param source what to decode; closed with this object
   * @param most maximum number of decoded frames that wait, at least 1; fewer if they are large
   */
  public ReadAhead(Source source, int most) {
    this.source = source;
    this.most = Math.max(most, 1);
    this.thread = new Thread(this::decode, "yolotorch-decode");
    thread.setDaemon(true);
    thread.start();
  }

  private void decode() {
    try {
      Iterator<Frame> frames = source.iterator();
      while (true) {
        // Here the frames of videos are decoded, and below those of files.
        long start = System.nanoTime();
        if (!frames.hasNext()) {
          break;
        }
        Frame frame = frames.next();
        Image image = null;
        YoloException failure = null;
        try {
          image = frame.read();
        } catch (YoloException e) {
          failure = e;
        } catch (OutOfMemoryError e) {
          failure =
              new YoloException.OutOfMemory(
                  "The picture '"
                      + frame.name()
                      + "' must fit into Java's memory, but did not; start Java with a larger"
                      + " -Xmx.",
                  e);
        }
        if (!put(new Entry(frame, image, failure, System.nanoTime() - start))) {
          break;
        }
      }
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        defect = e;
      }
    } finally {
      synchronized (this) {
        ended = true;
        notifyAll();
      }
    }
  }

  /** Waits for room and adds the entry; false if this object is closed. */
  private synchronized boolean put(Entry entry) {
    try {
      while (!closed
          && !ready.isEmpty()
          && (ready.size() >= most || readyPixels + entry.pixels() > MOST_PIXELS)) {
        wait();
      }
    } catch (InterruptedException e) {
      return false;
    }
    if (!closed) {
      ready.add(entry);
      readyPixels += entry.pixels();
      notifyAll();
    }
    return !closed;
  }

  /**
   * Whether there is another frame; waits until that is known.
   *
   * @throws YoloException.Cancelled if the thread is interrupted while it waits
   * @throws IllegalStateException if this object is closed
   */
  public synchronized boolean hasNext() {
    checkOpen();
    while (ready.isEmpty() && !ended) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Deadline.cancelled();
      }
    }
    if (ready.isEmpty() && defect instanceof RuntimeException e) {
      throw e;
    }
    if (ready.isEmpty() && defect instanceof Error e) {
      throw e;
    }
    return !ready.isEmpty();
  }

  /**
   * The next frame, in the order of the source; waits for it.
   *
   * @throws NoSuchElementException if there is none
   * @throws IllegalStateException if this object is closed
   */
  public synchronized Entry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The source has ended.");
    }
    Entry entry = ready.remove();
    readyPixels -= entry.pixels();
    notifyAll();
    return entry;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(
          "ReadAhead is closed: its frames were ended by close(); open the source again to read"
              + " them.");
    }
  }

  /** Ends decoding after the current frame, and closes the source. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      ready.clear();
      notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    source.close();
  }
}
