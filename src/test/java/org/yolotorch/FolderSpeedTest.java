// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.yolotorch.source.Sources;
import org.yolotorch.support.Assets;
import org.yolotorch.support.Hang;
import org.yolotorch.support.Results;
import org.yolotorch.support.Stopwatch;

/** Pictures of a folder are decoded while the network runs. */
class FolderSpeedTest {
  private static final int PICTURES = 8;

  /** Counts the pictures that were asked for. */
  private record Counted(AtomicInteger decoded) implements Source {
    @Override
    public OptionalInt size() {
      return OptionalInt.of(PICTURES);
    }

    @Override
    public Iterator<Frame> iterator() {
      return IntStream.range(0, PICTURES).mapToObj(i -> (Frame) new Made(i, decoded)).iterator();
    }

    @Override
    public void close() {}
  }

  private record Made(int index, AtomicInteger decoded) implements Frame {
    @Override
    public String name() {
      return "picture " + index;
    }

    @Override
    public Optional<Path> file() {
      return Optional.empty();
    }

    @Override
    public Image read() {
      decoded.incrementAndGet();
      return Results.image(index);
    }
  }

  @Test
  void theNextPicturesAreDecodedWhileNobodyAsksForThem() throws Exception {
    AtomicInteger decoded = new AtomicInteger();
    StreamOptions small =
        StreamOptions.builder().predict(PredictOptions.builder().imgsz(32).build()).build();
    int results = 0;
    try (Yolo model = Yolo.load(Path.of("yolo11n.yaml"));
        Stream<Result> stream = model.stream(new Counted(decoded), small)) {
      for (Iterator<Result> iterator = stream.iterator(); iterator.hasNext(); iterator.next()) {
        int ahead = Math.min(++results + 2, PICTURES);
        Hang.until("two more pictures are decoded", () -> decoded.get() >= ahead);
      }
    }
    assertEquals(PICTURES, results);
  }

  /** What a folder takes beside pictures that are in memory already, printed alone. */
  @Test
  void timeOfAFolder() throws Exception {
    Assumptions.assumeTrue(Boolean.getBoolean("yolotorch.long"), "This is one of the long tests.");
    List<String> names = new ArrayList<>();
    List<Image> images = new ArrayList<>();
    try (Stream<Path> all = Files.list(Assets.get("images/coco128"))) {
      for (Path file : all.sorted().limit(50).toList()) {
        names.add(file.toString());
        images.add(Image.read(file));
      }
    }
    try (Yolo model = Yolo.load(Assets.get("exported/yolo11n.torchscript"))) {
      Stopwatch.ratioFigure(
          "folder_over_pure_inference",
          10,
          () -> {
            try (Stream<Result> stream = model.stream(Sources.open(names))) {
              assertEquals(names.size(), stream.filter(result -> result.imageWidth() > 0).count());
            }
            return null;
          },
          () -> {
            images.forEach(model::predict);
            return null;
          });
    }
  }
}
