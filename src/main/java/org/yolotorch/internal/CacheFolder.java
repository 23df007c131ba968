// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.yolotorch.YoloException;

/** Where this user's cache of yolotorch lies. */
public final class CacheFolder {
  /** Names the folder of all caches. */
  public static final String CACHE_HOME = "XDG_CACHE_HOME";

  private CacheFolder() {}

  /**
   * The folder {@code yolotorch} in {@code XDG_CACHE_HOME} or else where the system keeps caches;
   * null on a machine that names neither a home nor a cache folder.
   *
   * @param home the user's home folder; may be empty
   * @param system name of the operating system, as {@code os.name} gives it
   * @throws YoloException.InvalidArgument if what the environment names is no path
   */
  public static Path find(Map<String, String> environment, String home, String system) {
    // What Java could not read of the home's name cannot be a path.
    String known = home.indexOf(PathText.UNKNOWN) < 0 ? home : "";
    String[] places = {environment.get(CACHE_HOME), null, Path.of(known, ".cache").toString()};
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      places[1] = environment.get("LOCALAPPDATA");
    } else if (name.startsWith("mac")) {
      places[1] = Path.of(known, "Library", "Caches").toString();
    }
    for (String place : places) {
      // A relative one would be another folder for every working folder.
      if (place != null && path(CACHE_HOME, place).isAbsolute()) {
        return Path.of(place, "yolotorch");
      }
    }
    return null;
  }

  /**
   * A path that a variable of the environment names.
   *
   * @throws YoloException.InvalidArgument if it is none
   */
  public static Path path(String variable, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new YoloException.InvalidArgument(
          variable
              + " must name folders, but '"
              + text
              + "' is no path"
              + PathText.advice(text, "; correct or unset it."),
          e);
    }
  }
}
