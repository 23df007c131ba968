// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.yolotorch.YoloException;

/**
 * The folder that the native libraries are unpacked into: one per user and version, which later
 * processes reuse. JavaCPP unpacks them under a lock that other processes wait for, and again if
 * the size or time of a file differs from that in its jar, such as after an interruption.
 */
public final class NativeFolder {
  /** The version whose folder it is; a test compares it with the library's. */
  public static final String VERSION = "0.1.0";

  /** Names another folder than the cache; goes before {@link #VARIABLE}. */
  static final String PROPERTY = "org.yolotorch.natives";

  /** As {@link #PROPERTY}, in the environment. */
  static final String VARIABLE = "YOLOTORCH_NATIVES";

  /** JavaCPP's own setting; one that the user made is left as it is. */
  private static final String JAVACPP = "org.bytedeco.javacpp.cachedir";

  /** What the libraries of all jars take, rounded up. */
  private static final long BYTES = 400L << 20;

  private NativeFolder() {}

  /**
   * Tells JavaCPP where to unpack. Where the folder cannot be written, that is one for this process
   * alone, which is deleted when it ends, and a warning says so.
   *
   * @throws YoloException.NativeLibrary if there is no folder that can be written
   */
  static void choose() {
    if (System.getProperty(JAVACPP) != null) {
      return;
    }
    Path folder =
        find(
            System.getProperty(PROPERTY),
            System.getenv(),
            System.getProperty("user.home", ""),
            System.getProperty("os.name", ""));
    String fault = folder == null ? "this machine names no home folder" : faultOf(folder);
    if (fault != null) {
      folder = temporary(fault);
    }
    System.setProperty(JAVACPP, folder.toString());
  }

  /** The folder chosen, as an argument of Java. */
  static String setting() {
    return "-D" + JAVACPP + "=" + System.getProperty(JAVACPP);
  }

  /** The folder that the settings name, or null if they name none. */
  static Path find(String property, Map<String, String> environment, String home, String system) {
    String named = property == null ? environment.getOrDefault(VARIABLE, "") : property;
    Path all;
    if (named.isBlank()) {
      Path caches = CacheFolder.find(environment, home, system);
      all = caches == null ? null : caches.resolve("natives");
    } else {
      all = CacheFolder.path(property == null ? VARIABLE : PROPERTY, named).toAbsolutePath();
    }
    return all == null ? null : all.resolve(VERSION);
  }

  /** Why nothing can be written there, or null if it can. */
  private static String faultOf(Path folder) {
    try {
      Files.createDirectories(folder);
      return Files.isWritable(folder) ? null : "'" + folder + "' cannot be written";
    } catch (IOException e) {
      return "'" + folder + "' cannot be made (" + e + ")";
    }
  }

  private static Path temporary(String fault) {
    try {
      Path folder = Files.createTempDirectory("yolotorch-natives");
      Runtime.getRuntime().addShutdownHook(new Thread(new Deletion(folder.toFile())));
      System.getLogger("org.yolotorch")
          .log(
              System.Logger.Level.WARNING,
              "The native libraries are unpacked into '"
                  + folder
                  + "' for this process alone, because "
                  + fault
                  + "; "
                  + remedy());
      return folder;
    } catch (IOException e) {
      throw new YoloException.NativeLibrary(
          "The native libraries must be unpacked into a folder, but "
              + fault
              + " and there is no temporary folder either ("
              + e
              + "); "
              + remedy(),
          e);
    }
  }

  static String remedy() {
    return "name a folder that can be written with " + VARIABLE + ".";
  }

  /** Whether the folder lacks the room, as a sentence about a failure; null if it does not. */
  static String lackOfRoom(String failure) {
    try {
      File folder = Loader.getCacheDir();
      long free = folder.getUsableSpace();
      return free >= BYTES
          ? null
          : "The native libraries must be unpacked into '"
              + folder
              + "', but only "
              + (free >> 20)
              + " MB are free there of the "
              + (BYTES >> 20)
              + " that they take ("
              + failure
              + "); free some, or "
              + remedy();
    } catch (IOException e) {
      // No folder at all is what the loader itself reports.
      return null;
    }
  }

  /** A class and not a lambda: the first lambda of a process costs tens of milliseconds. */
  private static final class Deletion implements Runnable {
    private final File folder;

    Deletion(File folder) {
      this.folder = folder;
    }

    @Override
    public void run() {
      try {
        Loader.deleteDirectory(folder);
      } catch (IOException e) {
        // The system clears its temporary folder.
      }
    }
  }
}
