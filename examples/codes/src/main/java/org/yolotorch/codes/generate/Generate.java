// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.generate;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.scene.Backgrounds;
import org.yolotorch.codes.scene.Photos;
import org.yolotorch.codes.scene.Scene;
import org.yolotorch.codes.scene.Settings;

/**
 * Makes pictures with codes and their labels. A picture depends on the seed, its split and its
 * number alone, not on threads or on how many there are.
 */
public final class Generate {
  private static final int TRAIN = 0;
  private static final int VAL = 1;
  private static final int REPORTED = 500;

  private final Arguments arguments;
  private final Settings settings;
  private final Backgrounds backgrounds;
  private final long seed;
  private final int train;
  private final int val;

  private Generate(Arguments arguments) throws UsageException, IOException {
    this.arguments = arguments;
    this.settings = arguments.settings();
    this.seed = arguments.seed();
    this.train = arguments.whole("pictures", 20000, 0, 10_000_000);
    this.val = arguments.whole("val", 1000, 0, 10_000_000);
    this.backgrounds = new Backgrounds(new Photos(arguments.backgrounds()));
  }

  /** Runs a command line; the exit code is 2 if it is wrong, and 1 if a file fails. */
  public static void main(String[] words) {
    System.setProperty("java.awt.headless", "true");
    System.exit(run(System.out, System.err, words));
  }

  static int run(PrintStream out, PrintStream err, String... words) {
    if (words.length == 0 || List.of(words).contains("--help")) {
      out.print(Arguments.HELP);
      return words.length == 0 ? 2 : 0;
    }
    try {
      new Generate(new Arguments(words)).run(out);
      return 0;
    } catch (UsageException e) {
      err.println(e.getMessage());
      return 2;
    } catch (IOException | UncheckedIOException e) {
      err.println("The pictures were expected to be read and written, but: " + e.getMessage());
      return 1;
    }
  }

  private void run(PrintStream out) throws UsageException, IOException {
    Path folder = arguments.path("out");
    Path sheet = arguments.path("sheet");
    if (folder == null && sheet == null) {
      throw new UsageException("out=DIR or sheet=FILE was expected, but neither came; add one.");
    }
    if (sheet != null) {
      ContactSheet.write(sheet, number -> scene(TRAIN, number));
    }
    if (folder != null) {
      write(new DataFolders(folder, arguments.tasks()), out);
    }
  }

  /** The scene of a number. */
  private Scene scene(int split, long number) {
    return Scene.make(settings, backgrounds, split == VAL, Draws.of(seed, split, number));
  }

  private void write(DataFolders folders, PrintStream out) throws UsageException, IOException {
    int threads = arguments.whole("threads", 1, 1, 256);
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(
            pool.submit(
                () -> {
                  work(folders, next, out);
                  return null;
                }));
      }
      for (Future<?> worker : workers) {
        await(worker);
      }
    } finally {
      pool.shutdownNow();
    }
    out.println(train + val + " pictures of " + (train + val));
  }

  private void work(DataFolders folders, AtomicInteger next, PrintStream out) throws IOException {
    JpegEncoder encoder = new JpegEncoder();
    for (int i = next.getAndIncrement(); i < train + val; i = next.getAndIncrement()) {
      // Those for validation come first, so that a run that is stopped can be used.
      int split = i < val ? VAL : TRAIN;
      int number = i < val ? i : i - val;
      Scene scene = scene(split, number);
      byte[] jpeg = encoder.encode(scene.picture().toImage(), scene.quality());
      String name = String.format(Locale.ROOT, "s%d-%07d", seed, number);
      folders.write(split == VAL ? "val" : "train", name, jpeg, scene);
      if (i > 0 && i % REPORTED == 0) {
        out.println(i + " pictures of " + (train + val));
      }
    }
  }

  private static void await(Future<?> worker) throws IOException {
    try {
      worker.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the program was interrupted; start it again.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
