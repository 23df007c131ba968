// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import org.bytedeco.javacpp.Loader;
import org.yolotorch.YoloException;

/** Loads the native library once per process. Thread-safe. */
public final class NativeLoader {
  private static volatile boolean loaded;
  private static YoloException.NativeLibrary failure;

  private NativeLoader() {}

  /**
   * Loads the native library if no call did so before.
   *
   * @throws YoloException.NativeLibrary if it cannot be loaded on this machine
   * @throws YoloException.InvalidArgument if the folder named for it is no path
   */
  public static void load() {
    if (!loaded) {
      loadOnce();
    }
  }

  /** Whether the native library is loaded, so that it can be asked. */
  public static boolean isLoaded() {
    return loaded;
  }

  private static synchronized void loadOnce() {
    if (loaded) {
      return;
    }
    if (failure != null) {
      // Java reports a second attempt differently; the first report is the useful one.
      throw new YoloException.NativeLibrary(failure.getMessage(), failure.getCause());
    }
    ProcessLimits.check();
    prepare();
    if (!closeAtExit()) {
      awaitExit();
    }
    try {
      Loader.load(Natives.class);
      Natives.keepWarnings();
      loaded = true;
    } catch (LinkageError | RuntimeException e) {
      failure = new YoloException.NativeLibrary(sentence(reason(e)), e);
      throw failure;
    }
  }

  // What LibTorch makes while it is loaded, and while a first model is, is the first that a process
  // destroys when it exits, so that it must not exit meanwhile. Nothing is freed here, and
  // predictions go on; loads that come later wait a second, by when most processes are gone.
  private static boolean closeAtExit() {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(NativeLoader::close, "yolotorch-exit"));
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  // The process is exiting already: it is gone in a moment, unless a shutdown hook comes here.
  private static void awaitExit() {
    try {
      Thread.sleep(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // Waits for loadOnce(), as both hold the class.
  private static synchronized void close() {
    if (loaded) {
      Natives.closeForExit();
    }
  }

  /**
   * The argument of another Java that has it take the native libraries from where this one does.
   */
  public static synchronized String folderSetting() {
    prepare();
    return NativeFolder.setting();
  }

  /**
   * Chooses the settings of JavaCPP that are not chosen yet; to be called before it is used.
   *
   * @throws YoloException.NativeLibrary if there is no folder to unpack into
   * @throws YoloException.InvalidArgument if the folder named for it is no path
   */
  static synchronized void prepare() {
    // JavaCPP counts the whole process against the Java heap size and would refuse to work once a
    // large model is in memory; nothing here allocates through it.
    setIfMissing("org.bytedeco.javacpp.maxBytes", "0");
    setIfMissing("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    NativeFolder.choose();
  }

  private static String sentence(String reason) {
    String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (machine.equals("Linux amd64")) {
      String lack =
          Jar.lack(
              "The native library needs",
              Jar.YOLOTORCH_NATIVES,
              Jar.JAVACPP,
              Jar.PYTORCH_NATIVES,
              Jar.OPENBLAS_NATIVES);
      if (lack != null) {
        return lack + "add what is missing.";
      }
    }
    String lack = NativeFolder.lackOfRoom(reason);
    if (lack != null) {
      return lack;
    }
    if (reason.contains("Too many open files")) {
      return "The native library needs files that this process may not open, as it has too many"
          + " open; close some, or raise the limit (ulimit -n 1024).";
    }
    if (reason.contains("annot allocate memory") || reason.contains("failed to map segment")) {
      return "The native library needs memory to be loaded into, but this process got none ('"
          + reason
          + "'); give the process more memory.";
    }
    return "The native library needs Linux x86-64 with glibc 2.35 or newer, but this machine ("
        + machine
        + ") reports '"
        + reason
        + "'; use another machine.";
  }

  private static void setIfMissing(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  private static String reason(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    if (message == null) {
      return root.getClass().getSimpleName();
    }
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
