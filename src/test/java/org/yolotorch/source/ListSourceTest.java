// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.Frame;
import org.yolotorch.Source;
import org.yolotorch.YoloException;
import org.yolotorch.render.Clips;

/** Lists of sources and standard input. */
class ListSourceTest {
  @TempDir Path folder;

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    for (String name : List.of("a.png", "b.png", "sub/c.png")) {
      ImageIO.write(Clips.picture(0, 8, 8), "png", folder.resolve(name).toFile());
    }
  }

  /** Names of the frames, those that cannot be read with a mark. */
  private List<String> names(Source source) {
    List<String> names = new ArrayList<>();
    try (source) {
      for (Frame frame : source) {
        String mark = "";
        try {
          frame.read();
        } catch (YoloException e) {
          mark = " " + e.code();
        }
        names.add(frame.name().replace(folder + "/", "") + mark);
      }
    }
    return names;
  }

  @Test
  void textListHasANameALine() throws IOException {
    Path list =
        Files.writeString(
            folder.resolve("list.txt"),
            "a.png\n\n" + folder + "/b.png  \r\nsub\nnone, it is.png\n" + folder + "/s*/*.png\n");
    Source source = Sources.open(list);
    assertEquals(5, source.items());
    assertEquals(
        List.of("a.png", "b.png", "sub/c.png", "none, it is.png NOT_FOUND", "sub/c.png"),
        names(source));
  }

  @Test
  void csvListHasNamesBetweenCommas() throws IOException {
    Path list = Files.writeString(folder.resolve("list.csv"), "a.png, b.png\nsub/c.png,,");
    assertEquals(List.of("a.png", "b.png", "sub/c.png"), names(Sources.open(list)));
  }

  @Test
  void listWithoutNamesIsToldAndListsAreNotNested() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.txt"), "\n \n");
    assertThrows(YoloException.NotFound.class, () -> Sources.open(empty));
    Path self = Files.writeString(folder.resolve("self.txt"), "self.txt\na.png\n");
    assertEquals(List.of("self.txt INVALID_IMAGE", "a.png"), names(Sources.open(self)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtsp://camera/1", "0", "screen 0", "list.streams", "tcp://1.2.3.4:5"})
  void liveStreamsAreRefusedByTheirName(String name) {
    YoloException error = assertThrows(YoloException.NotFound.class, () -> Sources.open(name));
    assertTrue(error.getMessage().contains("is a live stream, which is not supported"));
  }

  private static Source input(byte[] bytes) {
    return input(new ByteArrayInputStream(bytes));
  }

  private static Source input(InputStream stream) {
    return Sources.open("-", SourceOptions.builder().standardInput(stream).build());
  }

  @Test
  void standardInputIsAPictureOrAVideo() throws IOException {
    byte[] png = Files.readAllBytes(folder.resolve("a.png"));
    assertEquals(List.of("standard input"), names(input(png)));
    Path clip = Clips.clip(folder.resolve("clip.mkv"), 5, 64, 64, 25);
    List<String> frames = names(input(Files.readAllBytes(clip)));
    assertEquals(5, frames.size());
    assertEquals("standard input", frames.get(4));
    assertEquals(List.of("standard input INVALID_IMAGE"), names(input(new byte[0])));
    assertEquals(List.of("standard input INVALID_IMAGE"), names(input("text".getBytes())));
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }
        };
    assertEquals(List.of("standard input INVALID_IMAGE"), names(input(broken)));
  }

  @Test
  void noTemporaryFileIsLeft() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    byte[] clip = Files.readAllBytes(Clips.clip(folder.resolve("clip.avi"), 5, 64, 64, 25));
    long before = videos(temporary);
    try (Source source = input(clip)) {
      source.iterator().next();
      assertEquals(before + 1, videos(temporary));
    }
    assertEquals(before, videos(temporary));
  }

  private static long videos(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".video")).count();
    }
  }
}
