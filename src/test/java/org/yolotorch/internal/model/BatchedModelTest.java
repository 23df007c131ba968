// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.yolotorch.Batching;
import org.yolotorch.Image;
import org.yolotorch.Isolation;
import org.yolotorch.ModelInfo;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Deadline;
import org.yolotorch.internal.NativeLoader;
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.SharedDeadline;
import org.yolotorch.internal.bridge.NativeModel;
import org.yolotorch.internal.bridge.RunningModel;
import org.yolotorch.internal.isolated.IsolatedModel;
import org.yolotorch.support.Assets;
import org.yolotorch.support.Hang;
import org.yolotorch.support.Quiet;
import org.yolotorch.support.Results;

/** Closing of a model whose callers wait, and native calls that outlast one of their callers. */
class BatchedModelTest {
  private static final PredictOptions PLAIN = PredictOptions.defaults();

  private final HeldModel held = new HeldModel();
  private final AtomicInteger closed = new AtomicInteger();

  private RunningModel running() {
    return (RunningModel)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {RunningModel.class},
            (proxy, method, values) -> {
              switch (method.getName()) {
                case "predict":
                  @SuppressWarnings("unchecked")
                  List<Image> pictures = (List<Image>) values[0];
                  return held.predict(pictures, (PredictOptions) values[1], (Deadline) values[4]);
                case "close":
                  return closed.incrementAndGet();
                default:
                  throw new AssertionError(method);
              }
            });
  }

  private static FutureTask<List<Result>> call(BatchedModel model, ModelInfo info, Image picture) {
    FutureTask<List<Result>> task =
        new FutureTask<>(
            () -> model.predict(List.of(picture), PLAIN, info, false, Deadline.of(null)));
    new Thread(task).start();
    return task;
  }

  @Test
  void whatWaitsWhenTheModelIsClosedEndsAsUsual() throws Exception {
    ModelInfo info;
    try (Yolo model = Yolo.load("yolo11n.yaml", Quiet.OPTIONS)) {
      info = model.info();
    }
    Batching batching = new Batching(8, Duration.ZERO);
    BatchedModel model = new BatchedModel(running(), "some.pt", info, batching);
    Image first = Results.image(1);
    Image second = Results.image(2);
    FutureTask<List<Result>> a = call(model, info, first);
    HeldModel.Run run = held.runs.take();
    FutureTask<List<Result>> b = call(model, info, second);
    Hang.until("the second call waits", () -> model.waiting() == 1);
    FutureTask<Void> closing = new FutureTask<>(model::close, null);
    new Thread(closing).start();
    Hang.until(
        "the model takes no more calls",
        () -> {
          try {
            model.checkOpen();
            return false;
          } catch (IllegalStateException e) {
            return e.getMessage().startsWith("Yolo is closed: 'some.pt'");
          }
        });
    FutureTask<List<Result>> late = call(model, info, first);
    Throwable refused = assertThrows(ExecutionException.class, late::get).getCause();
    assertEquals(IllegalStateException.class, refused.getClass());
    assertFalse(closing.isDone());
    run.end();
    assertSame(first, a.get().get(0).image());
    held.runs.take().end();
    assertSame(second, b.get().get(0).image());
    closing.get();
    assertEquals(1, closed.get());
    model.close();
    assertEquals(1, closed.get());
  }

  /** The thread is interrupted all the time, and stays so. */
  private static void outlastsItsThread(RunningModel model) {
    ModelInfo info = model.describe();
    List<Image> pictures = List.of(Image.read(Assets.picture("bus.jpg")));
    List<Result> expected = model.predict(pictures, PLAIN, info, false, Deadline.of(null));
    SharedDeadline two = new SharedDeadline(2);
    Thread.currentThread().interrupt();
    List<Result> found = model.predict(pictures, PLAIN, info, false, two);
    assertTrue(Thread.interrupted());
    assertTrue(two.hasThreadLeft());
    assertEquals(expected.get(0).boxes(), found.get(0).boxes());
    // Nobody but the interrupted thread.
    Thread.currentThread().interrupt();
    assertThrows(
        YoloException.class,
        () -> model.predict(pictures, PLAIN, info, false, new SharedDeadline(1)));
    assertTrue(Thread.interrupted());
    SharedDeadline none = new SharedDeadline(1);
    none.leave();
    assertThrows(
        YoloException.Cancelled.class, () -> model.predict(pictures, PLAIN, info, false, none));
    found = model.predict(pictures, PLAIN, info, false, new SharedDeadline(1));
    assertEquals(expected.get(0).boxes(), found.get(0).boxes());
  }

  @Test
  void aNativeCallOutlastsTheInterruptOfItsThread() {
    NativeLoader.load();
    String file = Assets.get("exported/yolo11n.torchscript").toString();
    try (RunningModel model = NativeModel.open(Natives.openFile(file, ""), file)) {
      outlastsItsThread(model);
    }
  }

  @Test
  void aCallOfAProcessOutlastsTheInterruptOfItsThread() throws Exception {
    Path file = Assets.get("exported/yolo11n.torchscript");
    try (RunningModel model =
        IsolatedModel.open(
            Files.readAllBytes(file), "yolo11n.torchscript", "", Isolation.defaults(), null)) {
      outlastsItsThread(model);
    }
  }
}
