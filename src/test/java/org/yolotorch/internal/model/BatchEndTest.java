// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.yolotorch.Batching;
import org.yolotorch.Image;
import org.yolotorch.Speed;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Deadline;
import org.yolotorch.support.Hang;

/** Calls that leave their batch, batches that fail, and what is told of them. */
class BatchEndTest extends BatcherCalls {
  @Test
  void aCallWhoseTimeIsOverNeverStarts() throws Exception {
    Caller a = call(1);
    HeldModel.Run first = runOf(a);
    Caller late = waiting(new Caller(pictures(1), PLAIN, second()), 1);
    Caller b = waiting(call(1), 2);
    clock.turn(SECOND);
    assertInstanceOf(YoloException.Timeout.class, late.thrown());
    assertEquals(1, batcher.waiting());
    assertFalse(a.task.isDone());
    first.end();
    nothingRuns(1);
    clock.turn(DELAY);
    runOf(b).end();
    b.hasResults();
    Deadline over = second();
    clock.turn(SECOND);
    assertThrows(YoloException.Timeout.class, () -> batcher.predict(pictures(1), PLAIN, over));
    assertEquals(0, batcher.waiting());
    assertEquals(0, clock.alarms());
    assertEquals(2, reports.size());
  }

  @Test
  void anInterruptedCallLeavesTheQueue() throws Exception {
    Caller a = call(1);
    HeldModel.Run first = runOf(a);
    Caller b = waiting(call(1), 1);
    Caller c = waiting(call(1), 2);
    b.thread.interrupt();
    assertInstanceOf(YoloException.Cancelled.class, b.thrown());
    assertTrue(b.wasInterrupted);
    assertFalse(a.task.isDone());
    assertEquals(1, batcher.waiting());
    first.end();
    // Who leads has left: another one does.
    nothingRuns(1);
    // All are back; this one does not join.
    Caller d = call(pictures(1), OTHER);
    runOf(c).end();
    nothingRuns(1);
    clock.turn(DELAY);
    runOf(d).end();
    c.hasResults();
    d.hasResults();
  }

  @Test
  void theOthersGetTheirResultsWhenTheLeaderIsInterrupted() throws Exception {
    List<Caller> calls = batchOfThree(none(), none(), none());
    calls.get(2).thread.interrupt();
    HeldModel.Run run = model.runs.take();
    run.end();
    calls.get(0).hasResults();
    calls.get(1).hasResults();
    assertInstanceOf(YoloException.Cancelled.class, calls.get(2).thrown());
    assertTrue(calls.get(2).wasInterrupted);
    assertFalse(run.wasStopped);
  }

  @Test
  void theOthersGetTheirResultsWhenTheTimeOfTheLeaderIsOver() throws Exception {
    List<Caller> calls = batchOfThree(none(), none(), second());
    clock.turn(SECOND);
    HeldModel.Run run = model.runs.take();
    run.end();
    calls.get(0).hasResults();
    calls.get(1).hasResults();
    assertInstanceOf(YoloException.Timeout.class, calls.get(2).thrown());
    assertFalse(run.wasStopped);
    assertEquals(0, clock.alarms());
  }

  @Test
  void whoseBatchRunsLeavesAtOnce() throws Exception {
    List<Caller> calls = batchOfThree(second(), none(), none());
    clock.turn(SECOND);
    assertInstanceOf(YoloException.Timeout.class, calls.get(0).thrown());
    calls.get(1).thread.interrupt();
    assertInstanceOf(YoloException.Cancelled.class, calls.get(1).thrown());
    HeldModel.Run run = model.runs.take();
    assertFalse(run.wasStopped);
    run.end();
    calls.get(2).hasResults();
  }

  @Test
  void aBatchThatAllLeftIsStopped() throws Exception {
    List<Caller> calls = batchOfThree(second(), none(), second());
    clock.turn(SECOND);
    HeldModel.Run run = model.runs.take();
    assertInstanceOf(YoloException.Timeout.class, calls.get(0).thrown());
    assertFalse(run.wasStopped);
    // Nobody ends the run.
    calls.get(1).thread.interrupt();
    assertInstanceOf(YoloException.Cancelled.class, calls.get(1).thrown());
    assertInstanceOf(YoloException.Timeout.class, calls.get(2).thrown());
    assertTrue(run.wasStopped);
    clock.turn(DELAY);
    Caller next = call(1);
    runOf(next).end();
    next.hasResults();
    assertEquals(4, reports.get(1).pictures());
    assertEquals(Optional.empty(), reports.get(1).speed());
  }

  @Test
  void aSingleCallEndsByItsOwnTime() throws Exception {
    Caller a = new Caller(pictures(1), PLAIN, second());
    HeldModel.Run run = runOf(a);
    clock.turn(SECOND);
    assertInstanceOf(YoloException.Timeout.class, a.thrown());
    assertTrue(run.wasStopped);
  }

  @Test
  void oneBadPictureFailsItsOwnCallAlone() throws Exception {
    List<Caller> calls = batchOfThree(none(), none(), none());
    Image bad = calls.get(1).pictures.get(1);
    RuntimeException failure = new YoloException.InvalidImage("bad");
    model.failure = pictures -> pictures.contains(bad) ? failure : null;
    model.held = false;
    model.runs.take().end();
    calls.get(0).hasResults();
    assertSame(failure, calls.get(1).thrown());
    calls.get(2).hasResults();
    assertEquals(3, model.runs.size());
    Hang.until("the batch is told", () -> reports.size() == 2);
    assertEquals(4, reports.get(1).pictures());
    assertEquals(3, reports.get(1).calls());
    assertEquals(Optional.empty(), reports.get(1).speed());
  }

  @Test
  void aBatchTooLargeForMemoryIsPredictedCallByCall() throws Exception {
    List<Caller> calls = batchOfThree(none(), none(), none());
    model.failure =
        pictures -> pictures.size() > 2 ? new YoloException.OutOfMemory("too many") : null;
    model.held = false;
    model.runs.take().end();
    for (Caller each : calls) {
      each.hasResults();
    }
  }

  @Test
  void theNextBatchWaitsForCallsThatArePredictedApart() throws Exception {
    List<Caller> calls = batchOfThree(second(), none(), none());
    model.failure = pictures -> pictures.size() > 2 ? new IllegalStateException() : null;
    clock.turn(SECOND);
    assertInstanceOf(YoloException.Timeout.class, calls.get(0).thrown());
    model.runs.take().end();
    HeldModel.Run one = model.runs.take();
    HeldModel.Run other = model.runs.take();
    Caller next = waiting(call(1), 1);
    one.end();
    Hang.until("one is done", () -> calls.get(1).task.isDone() || calls.get(2).task.isDone());
    assertEquals(1, batcher.waiting());
    other.end();
    calls.get(1).hasResults();
    calls.get(2).hasResults();
    Hang.until("the batch waits for the clock", () -> clock.alarms() == 1);
    clock.turn(DELAY);
    runOf(next).end();
    next.hasResults();
  }

  @Test
  void batchesAreTold() throws Exception {
    Caller a = call(1);
    HeldModel.Run first = runOf(a);
    Caller b = waiting(call(2), 1);
    clock.turn(Duration.ofMillis(3));
    Caller c = waiting(call(1), 2);
    clock.turn(Duration.ofMillis(4));
    first.end();
    a.hasResults();
    Caller d = call(1);
    runOf(b, c, d).end();
    d.hasResults();
    Hang.until("both are told", () -> reports.size() == 2);
    Optional<Speed> speed = Optional.of(new Speed(1, 2, 3));
    assertEquals(new Batching.Batch(1, List.of(Duration.ZERO), speed), reports.get(0));
    List<Duration> waits = List.of(Duration.ofMillis(7), Duration.ofMillis(4), Duration.ZERO);
    assertEquals(new Batching.Batch(4, waits, speed), reports.get(1));
    assertEquals(3, reports.get(1).calls());
  }

  @Test
  void aReceiverThatThrowsHarmsNobody() throws Exception {
    batcher =
        batcher(
            8,
            true,
            batch -> {
              reports.add(batch);
              throw new AssertionError("the receiver's own");
            });
    List<Caller> calls = batchOfThree(none(), none(), none());
    model.runs.take().end();
    for (Caller each : calls) {
      each.hasResults();
    }
    assertEquals(2, reports.size());
  }
}
