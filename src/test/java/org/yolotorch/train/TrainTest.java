// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.yolotorch.Box;
import org.yolotorch.Image;
import org.yolotorch.PredictOptions;
import org.yolotorch.Task;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.support.Assets;

/** Trainings of a few small batches, from their options to their files. */
class TrainTest {
  private static final int SIDE = 64;

  @TempDir private Path folder;

  /** Remembers what it is told, and stops after a batch. */
  private static final class Listener implements TrainListener {
    final List<String> told = new ArrayList<>();
    final List<String> warned = new ArrayList<>();
    final List<EpochResult> epochs = new ArrayList<>();
    private final Predicate<BatchProgress> stop;
    private boolean stops;

    Listener(Predicate<BatchProgress> stop) {
      this.stop = stop;
    }

    @Override
    public void told(String line) {
      told.add(line);
    }

    @Override
    public void warned(String sentence) {
      warned.add(sentence);
    }

    @Override
    public void learned(BatchProgress progress) {
      assertTrue(progress.losses().stream().allMatch(Double::isFinite), progress.toString());
      stops |= stop.test(progress);
    }

    @Override
    public void epochDone(EpochResult epoch) {
      epochs.add(epoch);
    }

    @Override
    public boolean stops() {
      return stops;
    }
  }

  private static Listener listener() {
    return new Listener(progress -> false);
  }

  private TrainOptions.Builder small(String model, Path data, String name) {
    return TrainOptions.builder(model, data)
        .imgsz(SIDE)
        .batch(4)
        .epochs(1)
        .project(folder.resolve("runs"))
        .name(name)
        .set(TrainArgument.THREADS, 1)
        .set(TrainArgument.PLOTS, false);
  }

  private static String weights(String name) {
    return Assets.get("weights/" + name).toString();
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void everyTaskTrainsAndItsCheckpointsPredict(Task task) throws IOException {
    String model =
        switch (task) {
          case DETECT -> weights("yolo11n.pt");
          case SEGMENT -> "yolo11n-seg.yaml";
          case POSE -> weights("yolo11n-pose.pt");
          case OBB -> "yolo11n-obb.yaml";
          case CLASSIFY -> weights("yolo11n-cls.pt");
        };
    Path data = TrainSets.make(folder.resolve("set"), task, 6);
    Listener listener = listener();
    TrainOptions options = small(model, data, "run").set(TrainArgument.PLOTS, true).build();
    TrainResult result = Yolo.train(options, listener);
    assertTrue(result.finished());
    assertEquals(1, result.epochs());
    assertEquals(model.endsWith(".pt"), listener.told.get(0).startsWith("Transferred "));
    for (Path checkpoint : List.of(result.best(), result.last())) {
      try (Yolo trained = Yolo.load(checkpoint)) {
        assertEquals(task, trained.info().task());
        assertEquals(task == Task.CLASSIFY ? 2 : 80, trained.info().names().size());
        trained.predict(Image.read(Assets.picture("bus.jpg")));
      }
    }
    List<String> rows = Files.readAllLines(result.folder().resolve("results.csv"));
    assertEquals(2, rows.size());
    assertTrue(rows.get(0).startsWith("epoch,time,train/"), rows.get(0));
    assertTrue(rows.get(0).endsWith(",lr/pg0,lr/pg1,lr/pg2"), rows.get(0));
    for (String file : List.of("args.yaml", "results.png", "labels.jpg", "train_batch0.jpg")) {
      assertTrue(Files.exists(result.folder().resolve(file)), file);
    }
    assertTrue(Files.exists(result.folder().resolve("val_batch0_pred.jpg")));
  }

  /** The tensors of a checkpoint, by their places in the file. */
  private static Map<String, byte[]> tensors(Path checkpoint) throws IOException {
    Map<String, byte[]> tensors = new TreeMap<>();
    try (ZipFile zip = new ZipFile(checkpoint.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (entry.getName().contains("/data/")) {
          tensors.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
        }
      }
    }
    return tensors;
  }

  private static void assertSameWeights(Path expected, Path actual) throws IOException {
    Map<String, byte[]> first = tensors(expected);
    Map<String, byte[]> second = tensors(actual);
    assertEquals(first.size(), second.size());
    assertTrue(first.size() > 100);
    List<byte[]> others = new ArrayList<>(second.values());
    int i = 0;
    for (Map.Entry<String, byte[]> entry : first.entrySet()) {
      assertArrayEquals(entry.getValue(), others.get(i++), entry.getKey());
    }
  }

  /** The rows of results.csv without the column of the time. */
  private static List<String> rows(TrainResult result) throws IOException {
    return Files.readAllLines(result.folder().resolve("results.csv")).stream()
        .map(line -> line.replaceFirst(",[^,]*,", ","))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"2,2", "2,1", "1,1"})
  void aStoppedTrainingGoesOnToTheSameWeights(int epoch, int batch) throws IOException {
    Path data = TrainSets.make(folder.resolve("set"), Task.DETECT, 8);
    String model = weights("yolo11n.pt");
    TrainOptions.Builder options =
        small(model, data, "whole")
            .epochs(4)
            .set(TrainArgument.OPTIMIZER, "AdamW")
            .set(TrainArgument.NBS, 8)
            .set(TrainArgument.CLOSE_MOSAIC, 1);
    TrainResult whole = Yolo.train(options.build(), listener());
    TrainResult first =
        Yolo.train(
            options.name("parts").build(),
            new Listener(p -> p.epoch() == epoch && p.batch() == batch));
    assertFalse(first.finished());
    assertTrue(Files.exists(first.last()));
    TrainResult second = Yolo.train(TrainOptions.resume(first.last()).build(), listener());
    assertTrue(second.finished());
    assertEquals(first.folder().toRealPath(), second.folder().toRealPath());
    assertSameWeights(whole.last(), second.last());
    assertEquals(rows(whole), rows(second));
    YoloException refusal =
        assertThrows(
            YoloException.InvalidArgument.class,
            () -> Yolo.train(TrainOptions.resume(second.last()).build()));
    assertTrue(refusal.getMessage().contains("has ended"), refusal.getMessage());
  }

  @Test
  void theSameSeedGivesTheSameWeightsWithAnyNumberOfLoaders() throws IOException {
    Path data = TrainSets.make(folder.resolve("set"), Task.DETECT, 8);
    TrainOptions.Builder options = small(weights("yolo11n.pt"), data, "one");
    TrainResult one = Yolo.train(options.set(TrainArgument.WORKERS, 1).build());
    TrainResult more = Yolo.train(options.name("two").set(TrainArgument.WORKERS, 2).build());
    assertSameWeights(one.last(), more.last());
    TrainResult disk = Yolo.train(options.name("disk").set(TrainArgument.CACHE, "disk").build());
    assertSameWeights(one.last(), disk.last());
    assertFalse(Files.exists(disk.folder().resolve("cache")));
    TrainResult other = Yolo.train(options.name("seed").set(TrainArgument.SEED, 1).build());
    assertThrows(AssertionError.class, () -> assertSameWeights(one.last(), other.last()));
  }

  @Test
  void aNetworkFromScratchIsMadeForTheClassesOfTheData() throws IOException {
    Path data = TrainSets.make(folder.resolve("set"), Task.DETECT, 4);
    TrainResult result =
        Yolo.train(small("yolo11n.yaml", data, "run").set(TrainArgument.SINGLE_CLS, true).build());
    try (Yolo model = Yolo.load(result.best())) {
      assertEquals(1, model.info().names().size());
      assertEquals("", model.info().license());
    }
  }

  @Test
  void yolov8TrainsByTheSameCode() throws IOException {
    Path data = TrainSets.make(folder.resolve("set"), Task.DETECT, 4);
    TrainResult result = Yolo.train(small(weights("yolov8n-random.pt"), data, "run").build());
    try (Yolo model = Yolo.load(result.best())) {
      assertEquals("YOLOv8", model.info().family());
    }
  }

  @Test
  void aPictureThatCannotBeReadIsLeftOut() throws IOException {
    Path data = TrainSets.make(folder.resolve("set"), Task.DETECT, 4);
    Files.writeString(folder.resolve("set/images/broken.jpg"), "no picture");
    Listener listener = listener();
    Yolo.train(small(weights("yolo11n.pt"), data, "run").build(), listener);
    assertEquals(1, listener.warned.stream().filter(w -> w.contains("broken.jpg")).count());
  }

  @Test
  void frozenLayersPredictWhatTheyDid() throws IOException {
    Path data = TrainSets.make(folder.resolve("set"), Task.DETECT, 4);
    String model = weights("yolo11n.pt");
    TrainResult result =
        Yolo.train(
            small(model, data, "run")
                .set(TrainArgument.FREEZE, 23)
                .set(TrainArgument.OPTIMIZER, "SGD")
                .set(TrainArgument.WARMUP_EPOCHS, 0)
                .build());
    List<Box> before = boxes(Path.of(model));
    List<Box> after = boxes(result.last());
    assertTrue(before.size() > 3);
    assertEquals(before.size(), after.size());
    for (int i = 0; i < before.size(); i++) {
      // Statistics of folded normalisations are measured, and stored in half precision.
      assertEquals(before.get(i).confidence(), after.get(i).confidence(), 0.01);
      assertEquals(before.get(i).classId(), after.get(i).classId());
    }
  }

  private static List<Box> boxes(Path checkpoint) {
    try (Yolo model = Yolo.load(checkpoint)) {
      PredictOptions options = PredictOptions.builder().imgsz(320).build();
      return model.predict(Image.read(Assets.picture("bus.jpg")), options).boxes();
    }
  }

  @Test
  void wrongInputsGetOneSentenceAndLeaveNoFolder() throws IOException {
    Path data = TrainSets.make(folder.resolve("set"), Task.DETECT, 4);
    Path runs = folder.resolve("runs");
    String model = weights("yolo11n.pt");
    refuses(
        YoloException.NotFound.class, "missing.yaml", small(model, Path.of("missing.yaml"), "a"));
    refuses(YoloException.NotFound.class, "missing.pt", small("missing.pt", data, "a"));
    refuses(
        YoloException.InvalidArgument.class,
        "optimizer",
        small(model, data, "a").set(TrainArgument.OPTIMIZER, "best"));
    Path labels = folder.resolve("set/labels");
    try (var files = Files.list(labels)) {
      for (Path file : files.toList()) {
        Files.writeString(file, "80 0.5 0.5 0.1 0.1\n");
      }
    }
    refuses(YoloException.InvalidData.class, "label", small(model, data, "a"));
    assertFalse(Files.exists(runs));
  }

  @Test
  void anArchiveCannotBeTrained() throws IOException {
    Path data = TrainSets.make(folder.resolve("set"), Task.DETECT, 2);
    refuses(
        YoloException.UnsupportedModel.class,
        "train from the checkpoint",
        small(Assets.get("exported/yolo11n.torchscript").toString(), data, "a"));
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  @Test
  void oneTrainsOnOnePicture() throws IOException {
    Path data = TrainSets.make(folder.resolve("set"), Task.DETECT, 1);
    assertTrue(Yolo.train(small(weights("yolo11n.pt"), data, "a").build()).finished());
  }

  @Test
  void aTrainingGoesOnWithItsOwnDataAlone() throws IOException {
    Path data = TrainSets.make(folder.resolve("set"), Task.DETECT, 4);
    TrainResult stopped =
        Yolo.train(
            small(weights("yolo11n.pt"), data, "a").epochs(2).build(), new Listener(p -> true));
    assertFalse(stopped.finished());
    Files.delete(TrainSets.first(folder.resolve("set/images")));
    refuses(
        YoloException.InvalidData.class, "its own data set", TrainOptions.resume(stopped.last()));
  }

  private static void refuses(
      Class<? extends YoloException> kind, String word, TrainOptions.Builder options) {
    YoloException refusal =
        assertThrows(
            kind,
            () ->
                Yolo.train(
                    options.build(),
                    new TrainListener() {
                      @Override
                      public void warned(String sentence) {}
                    }));
    assertTrue(refusal.getMessage().contains(word), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
  }
}
