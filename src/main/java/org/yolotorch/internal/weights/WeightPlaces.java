// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.weights;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yolotorch.YoloException;
import org.yolotorch.internal.CacheFolder;
import org.yolotorch.internal.WebFile;

/** Where weights may lie: folders of this machine, and the address they are published at. */
public final class WeightPlaces {
  /** Folders to look into, separated as those of PATH are. */
  public static final String FOLDERS = "YOLOTORCH_WEIGHTS";

  /** Address of a mirror. */
  public static final String MIRROR = "YOLOTORCH_WEIGHTS_URL";

  private static final String PUBLISHED =
      "https://github.com/ultralytics/assets/releases/download/v8.3.0/";

  private final Path working;
  private final List<Path> named;
  private final Path cache;
  private final String mirror;

  public WeightPlaces(
      Path working, Map<String, String> environment, String userHome, String system) {
    this.working = working;
    this.named = named(environment.getOrDefault(FOLDERS, ""));
    Path caches = CacheFolder.find(environment, userHome, system);
    this.cache = caches == null ? null : caches.resolve("weights");
    this.mirror = environment.getOrDefault(MIRROR, "");
  }

  /** The places of this process. */
  public static WeightPlaces ofThisProcess() {
    return new WeightPlaces(
        Path.of(""),
        System.getenv(),
        System.getProperty("user.home", ""),
        System.getProperty("os.name", ""));
  }

  private static List<Path> named(String folders) {
    List<Path> named = new ArrayList<>();
    for (String folder : folders.split(File.pathSeparator)) {
      if (!folder.isBlank()) {
        named.add(CacheFolder.path(FOLDERS, folder));
      }
    }
    return named;
  }

  public Path working() {
    return working;
  }

  /** The folders that YOLOTORCH_WEIGHTS names, in its order. */
  public List<Path> named() {
    return named;
  }

  /** The per-user cache, or null on a machine that names neither a home nor a cache folder. */
  public Path cache() {
    return cache;
  }

  /** The folders, for a message. */
  public String folders() {
    StringBuilder text = new StringBuilder("the working folder");
    for (Path folder : named) {
      text.append(", '").append(folder).append("'");
    }
    if (cache != null) {
      text.append(" or '").append(cache).append("'");
    }
    return text.toString();
  }

  /**
   * Address of a file.
   *
   * @throws YoloException.InvalidArgument if the mirror named by the environment is no web address
   */
  public URI address(String name) {
    String base = mirror.isBlank() ? PUBLISHED : mirror.strip();
    try {
      URI address = URI.create(base.endsWith("/") ? base + name : base + "/" + name);
      if (WebFile.isWeb(address)) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Told below, as any other text that is no address.
    }
    throw new YoloException.InvalidArgument(
        MIRROR
            + " must be an address that begins with https:// or http://, but was '"
            + base
            + "'; correct or unset it.");
  }

  /** What helps against a cache that cannot be written. */
  public static String otherCache(String name) {
    return "name another cache folder with "
        + CacheFolder.CACHE_HOME
        + ", or put '"
        + name
        + "' into a folder that "
        + FOLDERS
        + " names";
  }
}
