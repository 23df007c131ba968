// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.yolotorch.internal.Natives;
import org.yolotorch.support.Assets;
import org.yolotorch.support.Hang;

/** Callers that share native calls get what they would get alone. */
class BatchingTest {
  private static final int THREADS = 16;
  private static final Duration DELAY = Duration.ofMillis(2);
  private static final PredictOptions SURE = PredictOptions.builder().conf(0.6).build();

  /** Two sizes twice and more, so that rectangles join, too. */
  private static final List<String> PICTURES =
      List.of("bus.jpg", "zidane.jpg", "boats.jpg", "bus.jpg", "zidane.jpg");

  private final ConcurrentLinkedQueue<Batching.Batch> told = new ConcurrentLinkedQueue<>();

  private Yolo batched(Path file, int most, LoadOptions.Builder options) {
    return Yolo.load(
        file, options.onWarning(w -> {}).batching(new Batching(most, DELAY, told::add)).build());
  }

  private static String text(Result result) {
    return result.netSize() + " " + result.boxes();
  }

  private static List<Image> pictures() {
    return PICTURES.stream().map(name -> Image.read(Assets.picture(name))).toList();
  }

  private static List<String> alone(Yolo model, List<Image> pictures, PredictOptions options) {
    return pictures.stream().map(picture -> text(model.predict(picture, options))).toList();
  }

  /** How many results are those of callers alone, among calls with other options and bad ones. */
  private static int predictAll(
      Yolo model, List<Image> pictures, List<String> plain, List<String> sure, int seed) {
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
    Collections.shuffle(order, new Random(seed));
    PredictOptions options = seed % 4 == 0 ? SURE : PredictOptions.defaults();
    int equal = 0;
    for (int at : order) {
      if (at == PICTURES.size()) {
        Image five = Image.ofChannels(ByteBuffer.allocateDirect(5), 1, 1, 5);
        assertThrows(YoloException.InvalidImage.class, () -> model.predict(five, options));
      } else {
        String found = text(model.predict(pictures.get(at), options));
        equal += found.equals((seed % 4 == 0 ? sure : plain).get(at)) ? 1 : 0;
      }
    }
    return equal;
  }

  private void compare(String name, String asset, int most, LoadOptions.Builder options)
      throws Exception {
    Path file = Assets.get(asset);
    List<Image> pictures = pictures();
    List<String> plain;
    List<String> sure;
    try (Yolo model = Yolo.load(file, LoadOptions.defaults())) {
      plain = alone(model, pictures, PredictOptions.defaults());
      sure = alone(model, pictures, SURE);
    }
    ExecutorService service = Executors.newFixedThreadPool(THREADS);
    int equal = 0;
    try (Yolo model = batched(file, most, options)) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int seed = i;
        all.add(service.submit(() -> predictAll(model, pictures, plain, sure, seed)));
      }
      for (Future<Integer> each : all) {
        equal += each.get();
      }
    } finally {
      service.shutdown();
    }
    assertEquals(THREADS * PICTURES.size(), equal);
    assertEquals(
        THREADS * (PICTURES.size() + 1), told.stream().mapToInt(Batching.Batch::calls).sum());
    assertTrue(told.stream().allMatch(batch -> batch.pictures() <= most), told::toString);
    assertTrue(told.stream().anyMatch(b -> b.calls() > 1 && b.speed().isPresent()), told::toString);
    Assets.figure(
        "batching_calls_per_batch_" + name,
        THREADS * (PICTURES.size() + 1) / (double) told.size(),
        "calls");
  }

  @Test
  void anArchiveGivesEachCallerItsOwn() throws Exception {
    compare("archive", "exported/yolo11n.torchscript", 8, LoadOptions.builder());
  }

  @Test
  void rectanglesOfACheckpointAreThoseOfCallersAlone() throws Exception {
    compare("checkpoint", "weights/yolo11n.pt", 5, LoadOptions.builder());
  }

  @Test
  void anIsolatedModelGivesEachCallerItsOwn() throws Exception {
    compare("isolated", "exported/yolo11n.torchscript", 4, LoadOptions.builder().isolated(true));
  }

  @Test
  void listsAndTilesAreSharedToo() {
    Path file = Assets.get("weights/yolo11n.pt");
    PredictOptions tiles = PredictOptions.builder().tile(500).build();
    List<Image> pictures = pictures();
    try (Yolo one = Yolo.load(file);
        Yolo other = batched(file, 4, LoadOptions.builder())) {
      List<Result> expected = one.predict(pictures);
      List<Result> found = other.predict(pictures);
      for (int i = 0; i < pictures.size(); i++) {
        assertEquals(text(expected.get(i)), text(found.get(i)));
      }
      assertEquals(List.of(), other.predict(List.of()));
      assertEquals(1, told.size());
      assertEquals(
          text(one.predict(pictures.get(0), tiles)), text(other.predict(pictures.get(0), tiles)));
      // The whole picture, and six tiles of it.
      assertEquals(12, told.stream().mapToInt(Batching.Batch::pictures).sum());
    }
  }

  @Test
  void aModelIsClosedUnderLoad() throws Exception {
    long before = Natives.openModels();
    Image picture = Image.of(ByteBuffer.allocateDirect(64 * 64 * 3), 64, 64, PixelFormat.BGR);
    PredictOptions small = PredictOptions.builder().imgsz(64).build();
    AtomicInteger results = new AtomicInteger();
    ExecutorService service = Executors.newFixedThreadPool(THREADS);
    Yolo model = batched(Path.of("yolo11n.yaml"), 4, LoadOptions.builder());
    List<Future<IllegalStateException>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      all.add(
          service.submit(
              () -> {
                while (true) {
                  try {
                    results.addAndGet(model.predict(List.of(picture), small).size());
                  } catch (IllegalStateException e) {
                    return e;
                  }
                }
              }));
    }
    Hang.until("results come", () -> results.get() > THREADS);
    model.close();
    assertEquals(before, Natives.openModels());
    int closedAt = results.get();
    for (Future<IllegalStateException> each : all) {
      assertEquals(
          "Yolo is closed: 'yolo11n.yaml' was ended by close(); load it again to use it.",
          each.get().getMessage());
    }
    service.shutdown();
    assertTrue(results.get() - closedAt <= THREADS, results + " results, not " + closedAt);
    // What was inside when close() came had its results.
    assertEquals(results.get(), told.stream().mapToInt(Batching.Batch::calls).sum());
    assertTrue(told.stream().allMatch(batch -> batch.speed().isPresent()), told::toString);
    assertThrows(IllegalStateException.class, model::info);
  }

  @Test
  void valuesOutOfTheirRangeAreRefused() {
    for (int wrong : new int[] {0, -1, 257}) {
      assertThrows(YoloException.InvalidArgument.class, () -> new Batching(wrong, DELAY));
    }
    for (Duration wrong : List.of(Duration.ofNanos(-1), Duration.ofNanos(1_000_000_001))) {
      YoloException error =
          assertThrows(
              YoloException.InvalidArgument.class, () -> LoadOptions.builder().batching(1, wrong));
      assertTrue(error.getMessage().startsWith("maxDelay must be from 0 to 1 s"));
    }
    assertEquals(256, new Batching(256, Duration.ZERO).maxBatch());
    assertNull(LoadOptions.defaults().batching());
    LoadOptions options = LoadOptions.builder().batching(8, Batching.MAX_DELAY).build();
    assertEquals(Duration.ofSeconds(1), options.batching().maxDelay());
    assertNull(LoadOptions.builder().batching(8, DELAY).batching(null).build().batching());
  }
}
