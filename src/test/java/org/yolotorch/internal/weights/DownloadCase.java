// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.Weights;
import org.yolotorch.YoloException;
import org.yolotorch.internal.WebFile;
import org.yolotorch.support.WeightServer;

/** A server on this machine and a cache to download into. */
abstract class DownloadCase {
  static final String NAME = "yolo11n.pt";
  static final String TAG = "ETag: \"a\"";

  /** Waits for bytes, but not for better times. */
  static final WebFile.Patience QUICK =
      new WebFile.Patience(10_000, 30_000, 10, Duration.ofHours(1));

  static final byte[] BYTES = zip(1);

  @TempDir Path folder;

  final Heard heard = new Heard();
  WeightServer server;

  /** A zip file of random content, about 200 kB. */
  static byte[] zip(int seed) {
    byte[] content = new byte[200_000];
    new Random(seed).nextBytes(content);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("data"));
      zip.write(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  /** Writes down what it hears. */
  static final class Heard implements Weights.Listener {
    final List<String> events = new ArrayList<>();
    long last;

    @Override
    public void started(URI address, Path file, long present, long bytes) {
      events.add("started " + address.getPath() + " " + present + "/" + bytes);
    }

    @Override
    public void progressed(long present, long bytes) {
      last = present;
    }

    @Override
    public void finished(Path file) {
      events.add("finished " + file.getFileName());
    }

    @Override
    public void note(String sentence) {
      events.add(sentence);
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = new WeightServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  static WeightPlaces places(Path cacheHome, String address) {
    return new WeightPlaces(
        cacheHome.resolve("working"),
        Map.of("XDG_CACHE_HOME", cacheHome.toString(), "YOLOTORCH_WEIGHTS_URL", address),
        "/home/x",
        "Linux");
  }

  Path cache() {
    return folder.resolve("yolotorch/weights");
  }

  Path download() {
    return new Download(places(folder, server.address()), NAME, heard, QUICK).get();
  }

  String failure(Class<? extends YoloException> type) {
    YoloException error = assertThrows(type, this::download);
    assertTrue(error.getMessage().endsWith("."), error.getMessage());
    assertFalse(error.getMessage().contains("\n"), error.getMessage());
    return error.getMessage();
  }

  String requested(int index, String header) {
    return server.requests().get(index).headers().get(header);
  }

  /** The file is there, with its sum, and nothing else is. */
  void assertFetched(byte[] bytes) throws IOException {
    assertArrayEquals(bytes, Files.readAllBytes(cache().resolve(NAME)));
    String sum = Files.readString(cache().resolve(NAME + ".sha256"));
    assertEquals(Sha256.of(cache().resolve(NAME)) + "  yolo11n.pt\n", sum);
    assertEquals(List.of(NAME, NAME + ".sha256"), left());
  }

  List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(cache())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
