// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.Frame;
import org.yolotorch.Image;
import org.yolotorch.Source;
import org.yolotorch.YoloException;

/** What is no ordinary file, and lists that are more than lists. */
@EnabledOnOs(OS.LINUX)
class HostileSourceTest {
  @TempDir Path folder;

  @BeforeEach
  void makeThem() throws Exception {
    Path picture = Path.of("docs/astronaut.png").toAbsolutePath();
    Files.createSymbolicLink(folder.resolve("good.png"), picture);
    for (String suffix : List.of("txt", "csv", "jpg", "mp4", "gif", "none")) {
      Process made =
          new ProcessBuilder("mkfifo", folder.resolve("pipe." + suffix).toString()).start();
      assertEquals(0, made.waitFor());
      for (String device : List.of("zero", "full", "random")) {
        Files.createSymbolicLink(
            folder.resolve(device + "." + suffix), Path.of("/dev").resolve(device));
      }
    }
  }

  /** JUnit says of each link out of its folder that it leaves what is there alone. */
  @AfterEach
  void removeLinks() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path link : all.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  private static String refusal(String name) {
    String text = assertThrows(YoloException.NotFound.class, () -> Sources.open(name)).getMessage();
    assertEquals(1, text.lines().count(), text);
    assertTrue(text.endsWith(".") && text.length() < 1000, text);
    return text;
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipe", "zero", "full", "random"})
  void onlyOrdinaryFilesAreOpened(String kind) {
    for (String suffix : List.of("txt", "csv", "jpg", "mp4", "gif", "none")) {
      Path file = folder.resolve(kind + "." + suffix);
      assertTrue(refusal(file.toString()).contains("' is a pipe or device; "), suffix);
      String text =
          assertThrows(YoloException.InvalidImage.class, () -> Image.read(file)).getMessage();
      assertTrue(text.contains("' is a pipe or device; "), text);
      assertThrows(YoloException.InvalidImage.class, () -> Image.sizeOf(file));
      assertThrows(YoloException.InvalidImage.class, () -> new VideoReader(file, "x"));
    }
  }

  /** One of them in a list does not keep the others from being read. */
  @ParameterizedTest
  @ValueSource(strings = {"pipe.jpg", "zero.jpg", "random.mp4", "pipe.txt", "zero.none"})
  void theOthersOfAListGoOn(String bad) throws IOException {
    Path list = Files.writeString(folder.resolve("l.txt"), bad + "\ngood.png\nmissing.jpg\n");
    for (List<String> names :
        List.of(
            List.of(list.toString()),
            List.of(folder.resolve(bad).toString(), folder.resolve("good.png").toString()))) {
      int read = 0;
      int failed = 0;
      try (Source source = Sources.open(names, SourceOptions.defaults())) {
        for (Frame frame : source) {
          try {
            frame.read();
            read++;
          } catch (YoloException.NotFound e) {
            assertTrue(frame.name().contains("missing") || e.getMessage().contains("pipe or dev"));
            failed++;
          }
        }
      }
      assertEquals(1, read, bad);
      assertTrue(failed > 0, bad);
    }
  }

  @Test
  void foldersAndPatternsPassThemOver() {
    for (String name : List.of(folder.toString(), folder + "/*", folder + "/**/*.*")) {
      try (Source source = Sources.open(name)) {
        assertEquals(1, source.items(), name);
      }
    }
  }

  @Test
  void listsHaveAnEnd() throws IOException {
    Path list = folder.resolve("long.txt");
    try (FileChannel file =
        FileChannel.open(list, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(java.nio.ByteBuffer.wrap(new byte[] {'\n'}), 1L << 40);
    }
    assertTrue(refusal(list.toString()).contains("' has more than 64 MiB; "));
    Files.writeString(list, "a\n".repeat(1_000_001));
    assertTrue(refusal(list.toString()).contains("' holds more; "));
    Path csv = Files.writeString(folder.resolve("long.csv"), "a,".repeat(1_000_001));
    assertTrue(refusal(csv.toString()).contains("' holds more; "));
    // Blanks between names cost nothing.
    Files.writeString(list, "\n \r\n".repeat(5_000_000) + "good.png\n");
    try (Source source = Sources.open(list.toString())) {
      assertEquals(1, source.items());
    }
  }

  @Test
  void listsOfThemselvesAreNotFollowed() throws IOException {
    Path list = Files.writeString(folder.resolve("l.txt"), "l.txt\nl.txt\ngood.png\n");
    try (Source source = Sources.open(list.toString())) {
      assertEquals(3, source.items());
    }
    Files.createSymbolicLink(folder.resolve("loop.txt"), Path.of("loop.txt"));
    refusal(folder.resolve("loop.txt").toString());
  }
}
