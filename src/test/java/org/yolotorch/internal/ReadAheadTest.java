// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.Thread.State;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.yolotorch.Frame;
import org.yolotorch.Image;
import org.yolotorch.PixelFormat;
import org.yolotorch.Source;
import org.yolotorch.YoloException;
import org.yolotorch.support.Hang;

class ReadAheadTest {
  /** Makes pictures and counts how many were asked for. */
  private static final class Counted implements Source {
    private final int count;
    private final int side;
    private final AtomicInteger decoded = new AtomicInteger();
    private volatile boolean closed;
    private volatile Thread thread;

    Counted(int count, int side) {
      this.count = count;
      this.side = side;
    }

    @Override
    public OptionalInt size() {
      return OptionalInt.of(count);
    }

    @Override
    public Iterator<Frame> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          if (next == -1) {
            throw new IllegalStateException("defect");
          }
          return next < count;
        }

        @Override
        public Frame next() {
          return new Made(next++);
        }
      };
    }

    @Override
    public void close() {
      closed = true;
    }

    private final class Made implements Frame {
      private final int index;

      Made(int index) {
        this.index = index;
      }

      @Override
      public int index() {
        return index;
      }

      @Override
      public String name() {
        return "picture " + index;
      }

      @Override
      public Optional<Path> file() {
        return Optional.empty();
      }

      @Override
      public Image read() {
        thread = Thread.currentThread();
        decoded.incrementAndGet();
        if (index % 10 == 7) {
          throw new YoloException.InvalidImage("broken");
        }
        if (index == 55) {
          throw new IllegalStateException("defect");
        }
        ByteBuffer pixels = ByteBuffer.allocate(side * side);
        return Image.of(pixels, side, side, PixelFormat.GRAY);
      }
    }
  }

  @Test
  void orderIsKeptAndFailuresAreEntries() {
    Counted source = new Counted(50, 4);
    int expected = 0;
    try (ReadAhead ahead = new ReadAhead(source, 3)) {
      while (ahead.hasNext()) {
        ReadAhead.Entry entry = ahead.next();
        assertEquals(expected, entry.frame().index());
        assertTrue(entry.nanos() >= 0);
        if (expected % 10 == 7) {
          assertNull(entry.image());
          assertEquals("broken", entry.failure().getMessage());
        } else {
          assertNull(entry.failure());
        }
        expected++;
      }
      assertThrows(NoSuchElementException.class, ahead::next);
    }
    assertEquals(50, expected);
    assertTrue(source.closed);
  }

  @Test
  void neverFurtherAheadThanAsked() throws Exception {
    Counted source = new Counted(50, 4);
    try (ReadAhead ahead = new ReadAhead(source, 3)) {
      for (int taken = 1; taken <= 5; taken++) {
        ahead.next();
        // Three wait, and one more is in hand.
        assertWaitsAt(taken + 4, source);
      }
    }
    // Whoever decodes has ended.
    assertEquals(9, source.decoded.get());
    assertTrue(source.closed);
  }

  /** The thread that decodes comes to wait for room with so many pictures decoded. */
  private static void assertWaitsAt(int decoded, Counted source) throws Exception {
    Hang.until(
        decoded + " pictures are decoded, and whoever decodes waits",
        () -> source.decoded.get() >= decoded && source.thread.getState() == State.WAITING);
    assertEquals(decoded, source.decoded.get());
  }

  @Test
  void largePicturesDoNotWaitInNumbers() throws Exception {
    Counted source = new Counted(7, 7_000);
    try (ReadAhead ahead = new ReadAhead(source, 100)) {
      assertTrue(ahead.hasNext());
      // One of 49 million pixels waits, the next is in hand.
      assertWaitsAt(2, source);
    }
  }

  @Test
  void defectsReachWhoTakes() {
    Counted source = new Counted(60, 4);
    try (ReadAhead ahead = new ReadAhead(source, 2)) {
      int taken = 0;
      while (taken < 55) {
        ahead.next();
        taken++;
      }
      assertThrows(IllegalStateException.class, ahead::hasNext);
    }
    ReadAhead closed = new ReadAhead(new Counted(5, 4), 2);
    closed.close();
    closed.close();
    assertThrows(IllegalStateException.class, closed::hasNext);
  }
}
