// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.Hang;

/** A process killed while it exports leaves the file that was there before. */
class InterruptedExportTest {
  private static final int KILLS = 4;

  @TempDir Path folder;

  /** Exports over a file again and again, at another size than the first. */
  public static final class Exporter {
    private Exporter() {}

    /** Takes the file to write. */
    public static void main(String[] args) {
      try (Yolo model = load()) {
        ExportOptions options = ExportOptions.builder().imgsz(96).file(Path.of(args[0])).build();
        System.out.println("ready");
        System.out.flush();
        model.export(options);
      }
    }
  }

  /** A model of random weights, which the warning about them is no news to. */
  private static Yolo load() {
    LoadOptions options = LoadOptions.builder().onWarning(warning -> {}).build();
    return Yolo.load(Path.of("yolo11n.yaml"), options);
  }

  @Test
  void theOldFileStays() throws Exception {
    Path file = folder.resolve("a.torchscript");
    try (Yolo model = load()) {
      model.export(ExportOptions.builder().imgsz(64).file(file).build());
    }
    byte[] before = Files.readAllBytes(file);
    Path err = folder.resolve("err");
    int unfinished = 0;
    for (int i = 0; i < KILLS; i++) {
      Process child =
          new ProcessBuilder(ChildJvm.command(List.of(), Exporter.class, file))
              .redirectError(err.toFile())
              .start();
      assertEquals('r', child.getInputStream().read());
      if (i % 2 == 0) {
        waitForPart(child);
      } else {
        Thread.sleep(20L * i);
      }
      // SIGKILL: nothing of ours runs any more.
      child.destroyForcibly();
      child.waitFor();
      assertEquals("", Files.readString(err));
      boolean finished = child.exitValue() == 0;
      try (Yolo model = Yolo.load(file)) {
        int side = model.info().imgsz().height();
        assertTrue(side == 64 || side == 96, "side " + side);
        if (side == 64) {
          assertArrayEquals(before, Files.readAllBytes(file));
          unfinished++;
        } else {
          // It was in place just before the end: whole, and put back for the next round.
          Files.write(file, before);
        }
        assertTrue(side == 96 || !finished);
      }
      removeParts();
    }
    Assets.figure("interrupted_exports_file_intact", unfinished, "kills");
    assertTrue(unfinished > 0, "no kill came in time");
  }

  private void waitForPart(Process child) throws Exception {
    Hang.until("a part is written", () -> !child.isAlive() || parts() > 0);
  }

  private long parts() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> path.toString().endsWith(".part")).count();
    }
  }

  private void removeParts() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(path -> path.toString().endsWith(".part"))
          .forEach(path -> path.toFile().delete());
    }
  }
}
