// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.support.Assets;
import org.yolotorch.support.Hang;

/** Models in a process of their own. */
class IsolatedTest {
  private static final Isolation LIMITS = Isolation.defaults();

  @TempDir Path folder;

  private static LoadOptions.Builder quiet() {
    return LoadOptions.builder().onWarning(warning -> {});
  }

  private static Yolo isolated(String asset) {
    return Yolo.load(Assets.get(asset), quiet().isolated(true).build());
  }

  private static Image bus() {
    return Image.read(Assets.picture("bus.jpg"));
  }

  /** Processes of isolated models that this one started. */
  private static List<ProcessHandle> processes() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .toList();
  }

  @Test
  void resultsAreThoseOfThisProcess() {
    for (String asset :
        List.of(
            "exported/yolo11n.torchscript",
            "weights/yolo11n-seg.pt",
            "weights/yolo11n-pose.pt",
            "weights/shapes-obb.pt",
            "weights/yolo11n-cls.pt")) {
      PredictOptions options = PredictOptions.builder().conf(0.3).retinaMasks(true).build();
      List<Image> pictures = List.of(bus(), Image.read(Assets.picture("zidane.jpg")));
      try (Yolo here = Yolo.load(Assets.get(asset), quiet().build());
          Yolo there = isolated(asset)) {
        assertEquals(here.info(), there.info(), asset);
        List<Result> expected = here.predict(pictures, options);
        List<Result> found = there.predict(pictures, options);
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
          assertEquals(expected.get(i).netSize(), found.get(i).netSize());
          assertEquals(expected.get(i).toJson(), found.get(i).toJson(), asset);
        }
        assertEquals(here.optimizations(), there.optimizations());
        assertEquals(List.of(), there.predict(List.of(), options));
      }
    }
  }

  @Test
  void theProcessEndsWithItsModel() throws Exception {
    assertEquals(List.of(), processes());
    try (Yolo model = isolated("exported/yolo11n.torchscript")) {
      assertEquals(1, processes().size());
      assertFalse(model.predict(bus(), PredictOptions.defaults()).boxes().isEmpty());
    }
    Hang.until("the process ends", () -> processes().isEmpty());
  }

  @Test
  void aProcessThatIsKilledCostsNoMoreThanItsCall() throws Exception {
    try (Yolo model = isolated("exported/yolo11n.torchscript")) {
      List<Box> expected = model.predict(bus(), PredictOptions.defaults()).boxes();
      ProcessHandle first = processes().get(0);
      assertTrue(first.destroyForcibly());
      first.onExit().get();
      assertEquals(expected, model.predict(bus(), PredictOptions.defaults()).boxes());
      // Within a call.
      List<Image> many = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        many.add(bus());
      }
      ProcessHandle second = processes().get(0);
      Thread killer = new Thread(second::destroyForcibly);
      List<YoloException> thrown = new ArrayList<>();
      Thread caller =
          new Thread(
              () ->
                  thrown.add(
                      assertThrows(
                          YoloException.class,
                          () -> model.predict(many, PredictOptions.defaults()))));
      caller.start();
      Hang.until(
          "the call waits",
          () ->
              List.of(caller.getStackTrace()).stream()
                  .anyMatch(frame -> frame.getClassName().endsWith("FutureTask")));
      killer.start();
      caller.join();
      assertEquals(ErrorCode.INFERENCE_FAILED, thrown.get(0).code());
      assertTrue(thrown.get(0).getMessage().contains("(exit code 137)"), thrown.toString());
      assertEquals(expected, model.predict(bus(), PredictOptions.defaults()).boxes());
    }
  }

  private static YoloException failure(Path file, Consumer<LoadOptions.Builder> how) {
    LoadOptions.Builder options = quiet().trusted(true).isolated(true);
    how.accept(options);
    try (Yolo model = Yolo.load(file, options.build())) {
      return assertThrows(
          YoloException.class, () -> model.predict(bus(), PredictOptions.defaults()));
    }
  }

  @Test
  void processorTimeEndsALoop() throws Exception {
    Path loop = Assets.cases("trust/loop_forever.torchscript");
    Duration little = Duration.ofMillis(500);
    YoloException error =
        failure(loop, options -> options.isolation(new Isolation(LIMITS.memoryBytes(), little)));
    assertEquals(ErrorCode.TIMEOUT, error.code());
    assertTrue(error.getMessage().contains("0.5 s of processor time"), error.getMessage());
    error = failure(loop, options -> options.timeout(Duration.ofMillis(500)));
    assertEquals(ErrorCode.TIMEOUT, error.code());
    assertTrue(Yolo.healthy());
    Hang.until("the processes end", () -> processes().isEmpty());
  }

  @Test
  void memoryEndsWhatGrows() {
    Path list = Assets.cases("trust/listmul3.torchscript");
    assertEquals(ErrorCode.OUT_OF_MEMORY, failure(list, options -> {}).code());
    // Less than Java and LibTorch need for a large input.
    Isolation little = new Isolation(Isolation.MIN_MEMORY, LIMITS.cpuTime());
    LoadOptions options = quiet().isolation(little).build();
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"), options)) {
      PredictOptions large = PredictOptions.builder().imgsz(4096).build();
      YoloException error = assertThrows(YoloException.class, () -> model.predict(bus(), large));
      assertEquals(ErrorCode.OUT_OF_MEMORY, error.code(), error.getMessage());
      assertEquals(1, model.predict(List.of(bus()), PredictOptions.defaults()).size());
    }
  }

  @Test
  void anInterruptEndsTheCall() throws Exception {
    Path loop = Assets.cases("trust/loop_forever.torchscript");
    try (Yolo model = Yolo.load(loop, quiet().trusted(true).isolated(true).build())) {
      Thread.currentThread().interrupt();
      assertThrows(
          YoloException.Cancelled.class, () -> model.predict(bus(), PredictOptions.defaults()));
      assertTrue(Thread.interrupted());
      PredictOptions brief = PredictOptions.builder().timeout(Duration.ofMillis(300)).build();
      assertThrows(YoloException.Timeout.class, () -> model.predict(bus(), brief));
    }
  }

  @Test
  void whatIsRefusedHereIsRefusedThere() throws Exception {
    Path junk = Files.write(folder.resolve("junk.torchscript"), new byte[100]);
    assertThrows(
        YoloException.CorruptModel.class, () -> Yolo.load(junk, quiet().isolated(true).build()));
    YoloException missing =
        assertThrows(
            YoloException.NotFound.class,
            () -> Yolo.load(folder.resolve("none.pt"), quiet().isolated(true).build()));
    assertTrue(missing.getMessage().contains("none.pt"));
    Hang.until("the processes end", () -> processes().isEmpty());
  }

  @Test
  void callsThatNeedTheModelHereSaySo() {
    try (Yolo model = isolated("weights/yolo11n.pt")) {
      for (Runnable call :
          List.<Runnable>of(
              () -> model.export(ExportOptions.builder().file(folder.resolve("a")).build()),
              () -> model.predictRaw(bus()),
              () -> model.embed(bus()),
              model::nativeHandle)) {
        YoloException error = assertThrows(YoloException.InvalidArgument.class, call::run);
        assertTrue(error.getMessage().contains("was loaded isolated"), error.getMessage());
      }
    }
  }
}
