// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yolotorch.ErrorCode;
import org.yolotorch.Image;
import org.yolotorch.LoadOptions;
import org.yolotorch.PixelFormat;
import org.yolotorch.PredictOptions;
import org.yolotorch.Task;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.Hang;

/**
 * Programs without end, which only a trusted archive may hold. They run on small pictures, so that
 * little memory is theirs.
 */
class EndlessTest {
  private static final PredictOptions OPTIONS = PredictOptions.defaults();

  private static Image blank() {
    return Image.of(ByteBuffer.allocateDirect(64 * 64 * 3), 64, 64, PixelFormat.BGR);
  }

  private static LoadOptions.Builder trusted() {
    return LoadOptions.builder().trusted(true).task(Task.DETECT).onWarning(warning -> {});
  }

  private static Yolo load(String statements, Duration timeout) {
    byte[] file = new TinyArchive().body(statements).bytes();
    return Yolo.load(file, "endless.torchscript", trusted().timeout(timeout).build());
  }

  private static void thisProcessGoesOn() {
    assertTrue(Yolo.healthy());
    LoadOptions quiet = LoadOptions.builder().onWarning(warning -> {}).build();
    try (Yolo other = Yolo.load("yolo11n.yaml", quiet)) {
      PredictOptions small = PredictOptions.builder().imgsz(64).build();
      assertEquals(1, other.predict(List.of(blank()), small).size());
    }
  }

  @Test
  void aLoopEndsAtItsTimeout() {
    for (String loop : List.of("x = torch.neg(x)", "i = 1")) {
      try (Yolo model = load("while True:\n  " + loop, Duration.ofMillis(200))) {
        for (int i = 0; i < 2; i++) {
          YoloException error =
              assertThrows(YoloException.Timeout.class, () -> model.predict(blank(), OPTIONS));
          assertTrue(error.getMessage().contains(" 0.2 s, but was not; "), error.getMessage());
        }
      }
    }
    thisProcessGoesOn();
  }

  @Test
  void anInterruptEndsALoop() throws Exception {
    try (Yolo model = load("while True:\n  x = torch.neg(x)", null)) {
      Throwable[] thrown = new Throwable[1];
      Thread thread =
          new Thread(
              () ->
                  thrown[0] =
                      assertThrows(YoloException.class, () -> model.predict(blank(), OPTIONS)));
      thread.start();
      Hang.until("the call runs", () -> isInNative(thread));
      thread.interrupt();
      thread.join();
      assertEquals(ErrorCode.CANCELLED, ((YoloException) thrown[0]).code());
    }
    thisProcessGoesOn();
  }

  private static boolean isInNative(Thread thread) {
    return List.of(thread.getStackTrace()).stream()
        .anyMatch(frame -> frame.getMethodName().equals("predict") && frame.isNativeMethod());
  }

  @Test
  void memoryWithoutEndIsRefused() {
    for (String growth :
        List.of(
            "while True:\n  x = torch.cat([x, x])",
            "l = torch.mul([1, 2, 3], 300000000)\nx = torch.add(x, torch.len(l))")) {
      try (Yolo model = load(growth, null)) {
        YoloException error =
            assertThrows(YoloException.OutOfMemory.class, () -> model.predict(blank(), OPTIONS));
        assertTrue(error.getMessage().contains(" MiB for an input of this size"));
      }
    }
    thisProcessGoesOn();
  }

  @Test
  void whatCannotBeStoppedIsLeftBehind() throws Exception {
    Process process = ChildJvm.start(List.of("-Xmx64m"), Lost.class);
    String printed = new String(process.getInputStream().readAllBytes());
    assertEquals(
        List.of("true", "TIMEOUT", "false", "UNHEALTHY", "UNHEALTHY", "UNHEALTHY", "closed", ""),
        List.of(printed.split("\n", -1)));
    assertEquals(42, process.waitFor());
  }

  /** One operator that takes hours and makes no tensor meanwhile. */
  static final class Lost {
    private static void tell(Runnable call) {
      System.out.println(assertThrows(YoloException.class, call::run).code());
    }

    public static void main(String[] args) {
      System.out.println(Yolo.healthy());
      Yolo model =
          load(
              "y = torch.expand(torch.ones([1, 1]), [100000000, 1000000])\n"
                  + "x = torch.add(x, torch.sum(y))",
              Duration.ofMillis(200));
      LoadOptions quiet = LoadOptions.builder().onWarning(warning -> {}).build();
      Yolo other = Yolo.load(Path.of("yolo11n.yaml"), quiet);
      tell(() -> model.predict(blank(), OPTIONS));
      System.out.println(Yolo.healthy());
      tell(() -> model.predict(blank(), OPTIONS));
      tell(() -> other.predict(blank(), OPTIONS));
      tell(() -> Yolo.load(Path.of("yolo11n.yaml"), quiet));
      model.close();
      other.close();
      System.out.println("closed");
      System.exit(42);
    }
  }
}
