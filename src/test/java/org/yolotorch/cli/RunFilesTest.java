// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.VideoFrame;
import org.yolotorch.YoloException;
import org.yolotorch.internal.RunFolder;
import org.yolotorch.support.Assets;

class RunFilesTest {
  @TempDir Path folder;

  @Test
  void runsAreCountedUp() {
    Path project = folder.resolve("runs/detect");
    assertEquals(project.resolve("predict"), RunFolder.create(project, "predict", false));
    assertEquals(project.resolve("predict2"), RunFolder.create(project, "predict", false));
    assertEquals(project.resolve("predict3"), RunFolder.create(project, "predict", false));
    assertEquals(project.resolve("predict"), RunFolder.create(project, "predict", true));
    assertEquals(project.resolve("new"), RunFolder.create(project, "new", true));
    assertEquals(project.resolve("a/b"), RunFolder.create(project, "a/b", false));
    assertEquals(project.resolve("a/b2"), RunFolder.create(project, "a/b", false));
  }

  @Test
  void namesNeverLeaveTheirFolder() throws IOException {
    Path project = Files.createDirectories(folder.resolve("outer/project"));
    String endless = "x".repeat(4096);
    for (String name : List.of("../x", "../../x", "a/../../x", "/x", "..", ".", "a\0b")) {
      assertThrows(
          YoloException.InvalidArgument.class, () -> RunFolder.create(project, name, false), name);
    }
    assertThrows(YoloException.WriteFailed.class, () -> RunFolder.create(project, endless, false));
    Path run = RunFolder.create(project, "predict", false);
    int written = 0;
    try (RunFiles files = new RunFiles(run)) {
      for (String name :
          List.of(
              "../../x",
              "..",
              ".",
              "",
              " ",
              "CON",
              "nul.jpg",
              "com1",
              "a\\b",
              "tab\there",
              endless,
              "\u00e4".repeat(4096),
              "\ud83e\udd81".repeat(300),
              endless)) {
        String stem = files.claimStem(name);
        files.writeLabels(stem, "0 0.5 0.5 1 1\n");
        files.writePicture(stem, new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR));
        written += 2;
      }
    }
    List<Path> inside = new ArrayList<>();
    List<Path> all = new ArrayList<>();
    try (var found = Files.walk(folder)) {
      found.filter(Files::isRegularFile).forEach(all::add);
    }
    for (Path file : all) {
      if (file.startsWith(run)) {
        inside.add(file);
      }
    }
    assertEquals(written, inside.size());
    Assets.figure("R22_files_outside", all.size() - inside.size(), "files");
    assertEquals(all.size(), inside.size());
  }

  @Test
  void runsAtOnceNeverShareAFolder() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<Path>> runs = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        runs.add(pool.submit(() -> RunFolder.create(folder, "predict", false)));
      }
      Set<Path> folders = new HashSet<>();
      for (Future<Path> run : runs) {
        folders.add(run.get());
      }
      assertEquals(32, folders.size());
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void unwritablePlacesAreTold() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    for (boolean existOk : new boolean[] {false, true}) {
      YoloException error =
          assertThrows(
              YoloException.WriteFailed.class,
              () -> RunFolder.create(file.resolve("x"), "predict", existOk));
      assertTrue(error.getMessage().contains("project="), error.getMessage());
    }
    RunFiles files = new RunFiles(file);
    BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR);
    VideoFrame first = new VideoFrame(1, 0, 1, 25);
    refused("labels", () -> files.writeLabels("a", "0 1 1 1 1\n"));
    refused("a.jpg", () -> files.writePicture("a", picture));
    refused("a_frames", () -> files.writeFrame("a", 1, picture));
    refused("crops/person/a.jpg", () -> files.writeCrop("person", "a", picture));
    refused("predictions.json", () -> files.writeJson("{}"));
    refused("predictions.json", () -> files.writeJson(1, List.of("{}")));
    refused("predictions.csv", () -> files.writeCsv("a\n", "b\n"));
    refused("a.mp4", () -> new VideoFile(file.resolve("a.mp4"), picture, first, 1));
  }

  /** A sentence that names the file which was asked for, and no other. */
  private void refused(String name, Executable call) {
    String message = assertThrows(YoloException.WriteFailed.class, call).getMessage();
    assertTrue(message.contains("'" + folder.resolve("file").resolve(name) + "'"), message);
    assertFalse(message.contains(".part"), message);
  }

  @Test
  void picturesOfOneNameGetDifferentFiles() {
    RunFiles files = new RunFiles(folder);
    assertEquals("bus", files.claimStem(Path.of("a/bus.jpg")));
    assertEquals("bus_2", files.claimStem(Path.of("b/bus.jpg")));
    assertEquals("bus_3", files.claimStem(Path.of("b/bus.png")));
    assertEquals("bus_2_2", files.claimStem(Path.of("bus_2.png")));
    assertEquals("a.b", files.claimStem(Path.of("a.b.png")));
    assertEquals(".jpg", files.claimStem(Path.of(".jpg")));
  }

  @Test
  void filesAreWrittenWhole() throws IOException {
    RunFiles files = new RunFiles(folder);
    files.writeLabels("empty", "");
    assertEquals(0, files.labels());
    assertFalse(Files.exists(files.labelFolder()));
    files.writeLabels("bus", "5 0.5 0.5 1 1\n");
    files.writeLabels("bus", "5 0.5 0.5 1 1 0.9\n");
    assertEquals("5 0.5 0.5 1 1 0.9\n", Files.readString(folder.resolve("labels/bus.txt")));
    files.writePicture("bus", new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR));
    assertTrue(Files.size(folder.resolve("bus.jpg")) > 100);
    try (var left = Files.walk(folder)) {
      assertEquals(2, left.filter(Files::isRegularFile).count());
    }
  }
}
