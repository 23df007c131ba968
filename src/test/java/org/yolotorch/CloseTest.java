// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.internal.Natives;
import org.yolotorch.render.VideoWriter;
import org.yolotorch.source.Sources;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.val.ValListener;
import org.yolotorch.val.ValOptions;

/** What is closed refuses every call, whenever close() comes. */
class CloseTest {
  /** One convolution and a head: small enough that close() meets calls at every stage. */
  private static final String TINY =
      """
      nc: 3
      backbone:
        - [-1, 1, Conv, [8, 3, 2]]
      head:
        - [-1, 1, Classify, [nc]]
      """;

  private static final int THREADS = 8;

  @TempDir Path folder;

  private Path tiny() throws IOException {
    return Files.writeString(folder.resolve("tiny.yaml"), TINY);
  }

  private static Yolo load(Path file) {
    return Yolo.load(file, LoadOptions.builder().onWarning(warning -> {}).build());
  }

  private static Image blank() {
    return Image.of(ByteBuffer.allocateDirect(32 * 32 * 3), 32, 32, PixelFormat.BGR);
  }

  @Test
  void everyMethodRefusesWhatIsClosed() throws Exception {
    int all = 0;
    int refusing = 0;
    for (Class<?> type : closeables()) {
      AutoCloseable closed = open(type);
      closed.close();
      closed.close();
      for (Method method : type.getMethods()) {
        if (Modifier.isStatic(method.getModifiers())
            || method.getDeclaringClass() == Object.class
            || Set.of("close", "toString").contains(method.getName())) {
          continue;
        }
        all++;
        Object[] values = new Object[method.getParameterCount()];
        for (int i = 0; i < values.length; i++) {
          values[i] = value(method.getParameterTypes()[i]);
        }
        Throwable thrown =
            assertThrows(InvocationTargetException.class, () -> method.invoke(closed, values))
                .getCause();
        assertInstanceOf(IllegalStateException.class, thrown, method.toString());
        assertTrue(
            thrown.getMessage().startsWith(type.getSimpleName() + " is closed: "),
            thrown.getMessage());
        refusing++;
      }
      closed.close();
    }
    System.out.println("FIGURE R6_refusing=" + refusing + "/" + all + " methods");
    assertEquals(all, refusing);
    // Twenty-one of Yolo, five of Source, one of VideoWriter: fewer were not looked
    // for.
    assertEquals(27, all);
  }

  /** The public types with something to close, which the classes themselves tell. */
  private static List<Class<?>> closeables() throws IOException, URISyntaxException {
    Path root = Path.of(Yolo.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(root.resolve("org/yolotorch"))) {
      files
          .map(file -> root.relativize(file).toString().replace('/', '.').replace('\\', '.'))
          .filter(name -> name.endsWith(".class") && !name.contains(".internal."))
          .forEach(name -> names.add(name.substring(0, name.length() - ".class".length())));
    }
    List<Class<?>> found = new ArrayList<>();
    for (String name : names) {
      try {
        Class<?> type = Class.forName(name, false, CloseTest.class.getClassLoader());
        if (Modifier.isPublic(type.getModifiers()) && AutoCloseable.class.isAssignableFrom(type)) {
          found.add(type);
        }
      } catch (ClassNotFoundException e) {
        throw new AssertionError(name, e);
      }
    }
    return found;
  }

  private AutoCloseable open(Class<?> type) throws IOException {
    if (type == Yolo.class) {
      return load(tiny());
    }
    if (type == Source.class) {
      return Sources.open(Files.write(folder.resolve("a.jpg"), new byte[0]));
    }
    if (type == VideoWriter.class) {
      return new VideoWriter(folder.resolve("a.mp4"), 32, 32, 25);
    }
    throw new AssertionError("This test does not know how to open a " + type);
  }

  private static Object value(Class<?> type) {
    if (type == Image.class) {
      return blank();
    }
    if (type == List.class) {
      return List.of(blank());
    }
    if (type == PredictOptions.class) {
      return PredictOptions.defaults();
    }
    if (type == ExportOptions.class) {
      return ExportOptions.defaults();
    }
    if (type == StreamOptions.class) {
      return StreamOptions.defaults();
    }
    if (type == Validation.class) {
      return ValOptions.of(Path.of("none.yaml"));
    }
    // The listener of a validation.
    if (type == Object.class) {
      return new ValListener() {};
    }
    if (type == Source.class) {
      return Sources.open("docs/astronaut.png");
    }
    if (type == Path.class) {
      return Path.of("docs/astronaut.png");
    }
    if (type == BufferedImage.class) {
      return blank().toBufferedImage();
    }
    if (type == RawTensor.class) {
      return RawTensor.of(new float[1], 1);
    }
    if (type == int[].class) {
      return new int[0];
    }
    if (type == long.class) {
      return 0L;
    }
    if (type == Consumer.class) {
      return (Consumer<Object>) ignored -> {};
    }
    throw new AssertionError("This test does not know a value of " + type);
  }

  @Test
  void aWarningThatThrowsFreesTheModel() throws IOException {
    long before = Natives.openModels();
    RuntimeException own = new RuntimeException("the caller's own");
    Path file = tiny();
    LoadOptions options =
        LoadOptions.builder()
            .onWarning(
                warning -> {
                  throw own;
                })
            .build();
    assertEquals(own, assertThrows(RuntimeException.class, () -> Yolo.load(file, options)));
    assertEquals(before, Natives.openModels());
  }

  /** In a JVM of its own, so that a crash is a failure of this test. */
  @Test
  void closeRacesWithPredictions() throws IOException, InterruptedException {
    int expected = Boolean.getBoolean("yolotorch.long") ? 1_000 : 200;
    String[] printed = ChildJvm.run(List.of("-Xmx256m"), Race.class, tiny(), expected).split(" ");
    int rounds = Integer.parseInt(printed[0]);
    Assets.figure("R7_rounds", rounds, "rounds");
    Assets.figure("R7_full_results", Integer.parseInt(printed[1]), "calls");
    Assets.figure("R7_refused", Integer.parseInt(printed[2]), "calls");
    assertEquals(expected, rounds);
    assertEquals(THREADS * rounds, Integer.parseInt(printed[2]));
  }

  /** Loads, predicts in eight threads and closes, again and again. */
  static final class Race {
    private final Path file;
    private final Image image = blank();
    private final PredictOptions options = PredictOptions.builder().imgsz(32).build();
    private final Probs expected;
    private final AtomicInteger came = new AtomicInteger();

    private Race(Path file) {
      this.file = file;
      try (Yolo model = load(file)) {
        expected = probabilities(model);
      }
    }

    public static void main(String[] args) throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(THREADS);
      try {
        new Race(Path.of(args[0])).run(pool, Integer.parseInt(args[1]));
      } finally {
        pool.shutdown();
      }
    }

    private void run(ExecutorService pool, int rounds) throws Exception {
      Random random = new Random(7);
      int results = 0;
      int refusals = 0;
      int wanted = 0;
      for (int round = 0; round < rounds; round++) {
        CountDownLatch start = new CountDownLatch(1);
        Yolo model = load(file);
        List<Future<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          Callable<Integer> untilClosed = () -> predictUntilClosed(model, start);
          calls.add(pool.submit(untilClosed));
        }
        came.set(0);
        start.countDown();
        // After some results, then at any moment of a call.
        int most = random.nextInt(2 * THREADS);
        while (came.get() < most && calls.stream().noneMatch(Future::isDone)) {
          Thread.yield();
        }
        LockSupport.parkNanos(random.nextInt(500_000));
        model.close();
        wanted += most;
        if (Natives.openModels() != 0) {
          throw new AssertionError("close() returned before the model was freed");
        }
        for (Future<Integer> call : calls) {
          results += call.get();
          refusals++;
        }
      }
      assertTrue(results >= wanted, results + " results came before close(), not " + wanted);
      System.out.println(rounds + " " + results + " " + refusals);
    }

    /** How many full results came before the refusal. */
    private int predictUntilClosed(Yolo model, CountDownLatch start) throws InterruptedException {
      start.await();
      for (int results = 0; ; results++) {
        try {
          if (!probabilities(model).equals(expected)) {
            throw new AssertionError("a result that is not whole");
          }
          came.incrementAndGet();
        } catch (IllegalStateException closed) {
          return results;
        }
      }
    }

    private Probs probabilities(Yolo model) {
      return model.predict(image, options).probs().orElseThrow();
    }
  }
}
