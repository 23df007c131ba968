// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.yolotorch.Detections;
import org.yolotorch.Frame;
import org.yolotorch.Image;
import org.yolotorch.PredictOptions;
import org.yolotorch.Predictor;
import org.yolotorch.Result;
import org.yolotorch.Source;
import org.yolotorch.StreamOptions;
import org.yolotorch.Task;
import org.yolotorch.YoloException;
import org.yolotorch.support.HandClock;

class DeadlineTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LAST = Duration.ofNanos(1);

  private final HandClock clock = new HandClock();

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void itIsOverWhenAllTimeIsSpent() {
    Deadline deadline = Deadline.of(SECOND, clock);
    assertEquals(SECOND, deadline.left());
    clock.turn(SECOND.minus(LAST));
    deadline.check();
    assertEquals(LAST, deadline.left());
    clock.turn(LAST);
    YoloException error = assertThrows(YoloException.Timeout.class, deadline::check);
    assertTrue(error.getMessage().contains("its timeout of 1.0 s"), error.getMessage());
    clock.turn(SECOND);
    assertTrue(deadline.left().isNegative());
  }

  @Test
  void aTimeIsAnyDuration() {
    Deadline never = Deadline.of(null, clock);
    assertNull(never.left());
    assertNull(never.atEnd(() -> {}));
    Deadline centuries = Deadline.of(Duration.ofSeconds(Long.MAX_VALUE), clock);
    clock.turn(Duration.ofDays(9999));
    never.check();
    centuries.check();
    for (long seconds : new long[] {0, -1, Long.MIN_VALUE}) {
      Deadline over = Deadline.of(Duration.ofSeconds(seconds), clock);
      assertThrows(YoloException.Timeout.class, over::check);
    }
  }

  @Test
  void anInterruptComesFirstAndStays() {
    Deadline over = Deadline.of(Duration.ZERO, clock);
    Thread.currentThread().interrupt();
    assertThrows(YoloException.Cancelled.class, over::check);
    assertTrue(Thread.interrupted());
  }

  @Test
  void somethingIsDoneAtTheEndUnlessTakenBack() {
    Deadline deadline = Deadline.of(SECOND, clock);
    List<String> done = new ArrayList<>();
    Runnable forget = deadline.atEnd(() -> done.add("forgotten"));
    deadline.atEnd(() -> done.add("end"));
    forget.run();
    clock.turn(SECOND);
    assertEquals(List.of("end"), done);
    assertEquals(0, clock.alarms());
  }

  /** Pictures without end; each one that is asked for is counted. */
  private static final class Endless implements Source {
    private int given;
    private boolean closed;

    private record Blank(int index) implements Frame {
      @Override
      public String name() {
        return "blank " + index;
      }

      @Override
      public Optional<Path> file() {
        return Optional.empty();
      }

      @Override
      public Image read() {
        return Image.of(new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR));
      }
    }

    @Override
    public OptionalInt size() {
      return OptionalInt.empty();
    }

    @Override
    public Iterator<Frame> iterator() {
      return IntStream.iterate(0, i -> i + 1).mapToObj(i -> (Frame) new Blank(given++)).iterator();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final List<Duration> asked = new ArrayList<>();

  /** Takes 0.3 s per batch. */
  private final Predictor slow =
      (images, options) -> {
        asked.add(options.timeout());
        clock.turn(Duration.ofMillis(300));
        return images.stream()
            .map(image -> Result.of(Task.DETECT, image, Map.of(), Detections.ofBoxes(List.of())))
            .toList();
      };

  private ResultIterator iterator(Predictor model, Source source, Duration timeout) {
    PredictOptions predict = PredictOptions.builder().timeout(timeout).build();
    return new ResultIterator(
        model, source, StreamOptions.builder().batch(2).predict(predict).build(), clock);
  }

  @Test
  void aStreamEndsBetweenBatches() {
    Endless source = new Endless();
    try (ResultIterator results = iterator(slow, source, SECOND)) {
      // Before the first request no time goes by.
      clock.turn(Duration.ofDays(1));
      int taken = 0;
      YoloException.Timeout over = null;
      while (over == null) {
        try {
          results.next();
          taken++;
        } catch (YoloException.Timeout e) {
          over = e;
        }
      }
      // The fourth batch begins after 0.9 s.
      assertEquals(8, taken);
      assertTrue(over.getMessage().contains("1.0 s"), over.getMessage());
      assertThrows(YoloException.Timeout.class, results::hasNext);
    }
    assertEquals(List.of(1000L, 700L, 400L, 100L), asked.stream().map(Duration::toMillis).toList());
    assertTrue(source.closed);
  }

  @Test
  void whoTakesResultsSpendsTheTimeToo() {
    try (ResultIterator results = iterator(slow, new Endless(), SECOND)) {
      results.next();
      clock.turn(SECOND);
      // One of the batch is there already.
      results.next();
      assertThrows(YoloException.Timeout.class, results::hasNext);
    }
    assertEquals(1, asked.size());
  }

  @Test
  void aBatchThatTookTooLongTellsTheTimeOfTheStream() {
    Predictor over =
        (images, options) -> {
          throw new YoloException.Timeout("0.1 s");
        };
    try (ResultIterator results = iterator(over, new Endless(), SECOND)) {
      YoloException error = assertThrows(YoloException.Timeout.class, results::hasNext);
      assertTrue(error.getMessage().contains("1.0 s"), error.getMessage());
    }
  }

  @Test
  void anInterruptEndsAStreamBetweenBatches() {
    Endless source = new Endless();
    Predictor interrupting =
        (images, options) -> {
          if (asked.size() == 2) {
            Thread.currentThread().interrupt();
          }
          return slow.predict(images, options);
        };
    try (ResultIterator results = iterator(interrupting, source, null)) {
      for (int i = 0; i < 6; i++) {
        results.next();
      }
      assertThrows(YoloException.Cancelled.class, results::hasNext);
      assertTrue(Thread.currentThread().isInterrupted());
    }
    assertEquals(3, asked.size());
    assertTrue(source.closed);
    assertTrue(Thread.interrupted());
  }

  @Test
  void waitingForAPictureCanBeInterrupted() {
    Thread taker = Thread.currentThread();
    Endless source = new Endless();
    Source stuck =
        new Source() {
          @Override
          public OptionalInt size() {
            return OptionalInt.empty();
          }

          @Override
          public Iterator<Frame> iterator() {
            return new Iterator<>() {
              @Override
              public boolean hasNext() {
                taker.interrupt();
                synchronized (source) {
                  while (!source.closed) {
                    try {
                      source.wait();
                    } catch (InterruptedException e) {
                      return false;
                    }
                  }
                }
                return false;
              }

              @Override
              public Frame next() {
                throw new AssertionError();
              }
            };
          }

          @Override
          public void close() {}
        };
    ReadAhead ahead = new ReadAhead(stuck, 1);
    assertThrows(YoloException.Cancelled.class, ahead::hasNext);
    assertTrue(Thread.interrupted());
    assertFalse(source.closed);
    synchronized (source) {
      source.closed = true;
      source.notifyAll();
    }
    ahead.close();
  }
}
