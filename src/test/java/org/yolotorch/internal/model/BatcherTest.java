// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yolotorch.Image;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;

/** Which calls share a native call, and when. */
class BatcherTest extends BatcherCalls {
  @Test
  void aSingleCallerIsNeverDelayed() {
    model.held = false;
    for (int i = 0; i < 3; i++) {
      List<Image> pictures = pictures(1 + i);
      List<Result> results = batcher.predict(pictures, PLAIN, none());
      assertSame(pictures.get(i), results.get(i).image());
      assertSame(Thread.currentThread(), model.runs.remove().thread);
      assertEquals(0, clock.alarms());
    }
  }

  @Test
  void callsThatWaitJoinWhenAllAreBack() throws Exception {
    Caller a = call(1);
    HeldModel.Run first = runOf(a);
    Caller b = waiting(call(2), 1);
    Caller c = waiting(call(1), 2);
    first.end();
    a.hasResults();
    nothingRuns(2);
    Caller again = call(1);
    HeldModel.Run second = runOf(b, c, again);
    assertSame(again.thread, second.thread);
    assertEquals(0, clock.alarms());
    second.end();
    b.hasResults();
    c.hasResults();
    again.hasResults();
    // All three are awaited, whoever comes first.
    Caller d = waiting(call(1), 1);
    Caller e = waiting(call(1), 2);
    nothingRuns(2);
    Caller f = call(1);
    runOf(d, e, f).end();
    d.hasResults();
    e.hasResults();
    f.hasResults();
  }

  @Test
  void theDelayEndsByTheClock() throws Exception {
    Caller a = call(1);
    HeldModel.Run first = runOf(a);
    Caller b = waiting(call(1), 1);
    clock.turn(SECOND);
    first.end();
    nothingRuns(1);
    // It counts from the end of the batch.
    clock.turn(DELAY.dividedBy(2));
    nothingRuns(1);
    clock.turn(DELAY.dividedBy(2));
    runOf(b).end();
    b.hasResults();
    // Nobody else took part in the last batch.
    Caller c = call(1);
    runOf(c).end();
    c.hasResults();
  }

  @Test
  void whoComesAfterTheDelayStartsAtOnce() throws Exception {
    Caller a = call(1);
    HeldModel.Run first = runOf(a);
    Caller b = waiting(call(1), 1);
    Caller c = waiting(call(1), 2);
    first.end();
    nothingRuns(2);
    clock.turn(DELAY);
    runOf(b, c).end();
    b.hasResults();
    c.hasResults();
    clock.turn(DELAY);
    Caller d = call(1);
    runOf(d).end();
    d.hasResults();
  }

  @Test
  void aFullBatchStartsAtOnce() throws Exception {
    batcher = batcher(3, true, reports::add);
    Caller a = call(1);
    HeldModel.Run first = runOf(a);
    Caller b = waiting(call(2), 1);
    Caller c = waiting(call(1), 2);
    Caller d = waiting(call(1), 3);
    first.end();
    HeldModel.Run full = runOf(b, c);
    assertSame(b.thread, full.thread);
    full.end();
    nothingRuns(1);
    clock.turn(DELAY);
    runOf(d).end();
    d.hasResults();
  }

  @Test
  void aCallThatDoesNotFitKeepsItsPlace() throws Exception {
    batcher = batcher(3, true, reports::add);
    Caller a = call(1);
    HeldModel.Run first = runOf(a);
    Caller b = waiting(call(2), 1);
    Caller c = waiting(call(2), 2);
    Caller d = waiting(call(1), 3);
    first.end();
    runOf(b).end();
    runOf(c, d).end();
    b.hasResults();
    c.hasResults();
    d.hasResults();
  }

  @Test
  void aCallLargerThanABatchRunsByItself() throws Exception {
    batcher = batcher(3, true, reports::add);
    Caller a = call(1);
    HeldModel.Run first = runOf(a);
    Caller b = waiting(call(1), 1);
    Caller large = waiting(call(4), 2);
    Caller c = waiting(call(2), 3);
    first.end();
    runOf(b, c).end();
    runOf(large).end();
    large.hasResults();
  }

  @Test
  void otherOptionsWaitForTheirTurn() throws Exception {
    PredictOptions hour = OTHER.toBuilder().timeout(Duration.ofHours(1)).build();
    Caller a = call(1);
    HeldModel.Run first = runOf(a);
    Caller b = waiting(call(pictures(1), OTHER), 1);
    Caller c = waiting(call(1), 2);
    Caller d = waiting(call(pictures(1), hour), 3);
    first.end();
    nothingRuns(3);
    clock.turn(DELAY);
    HeldModel.Run second = runOf(b, d);
    assertEquals(OTHER, second.options);
    Caller e = waiting(call(pictures(1), OTHER), 2);
    second.end();
    nothingRuns(2);
    clock.turn(DELAY);
    HeldModel.Run third = runOf(c);
    assertEquals(PLAIN, third.options);
    third.end();
    nothingRuns(1);
    clock.turn(DELAY);
    runOf(e).end();
    e.hasResults();
  }

  @Test
  void picturesOfOtherSizesJoinWhereSizesDecideNothing() throws Exception {
    PredictOptions square = PredictOptions.builder().rect(false).build();
    List<Image> small = List.of(picture(10, 10));
    joinsAll(small, pictures(1), square);
    batcher = batcher(8, false, reports::add);
    joinsAll(small, pictures(1), PLAIN);
  }

  private void joinsAll(List<Image> one, List<Image> other, PredictOptions options)
      throws Exception {
    Caller a = call(one, options);
    HeldModel.Run first = runOf(a);
    Caller b = waiting(call(other, options), 1);
    first.end();
    a.hasResults();
    Caller c = call(one, options);
    runOf(b, c).end();
    b.hasResults();
    c.hasResults();
    clock.turn(DELAY);
  }

  @Test
  void aRectangleIsForOneSizeAlone() throws Exception {
    Caller a = call(1);
    HeldModel.Run first = runOf(a);
    Caller wide = waiting(call(2), 1);
    Caller high = waiting(call(List.of(picture(10, 20)), PLAIN), 2);
    Caller mixed = waiting(call(List.of(picture(20, 10), picture(10, 10)), PLAIN), 3);
    Caller alsoWide = waiting(call(1), 4);
    Caller alsoMixed = waiting(call(List.of(picture(9, 9), picture(9, 8)), PLAIN), 5);
    first.end();
    nothingRuns(5);
    clock.turn(DELAY);
    runOf(wide, alsoWide).end();
    nothingRuns(3);
    clock.turn(DELAY);
    runOf(high).end();
    nothingRuns(2);
    clock.turn(DELAY);
    runOf(mixed, alsoMixed).end();
    mixed.hasResults();
    alsoMixed.hasResults();
  }
}
