// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.picture;

/** What lenses and movement do to a picture. */
public final class Blur {
  private Blur() {}

  /** Blurs with a bell of a standard deviation. */
  public static void gaussian(Picture picture, double sigma) {
    int radius = (int) Math.ceil(2.5 * sigma);
    float[] kernel = new float[2 * radius + 1];
    float sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      double d = (i - radius) / sigma;
      kernel[i] = (float) Math.exp(-d * d / 2);
      sum += kernel[i];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    float[] between = new float[picture.width * picture.height];
    for (float[] plane : picture.planes) {
      rows(plane, between, picture.width, kernel, radius);
      columns(between, plane, picture.width, kernel, radius);
    }
  }

  private static void rows(float[] from, float[] to, int width, float[] kernel, int radius) {
    float[] line = new float[width + 2 * radius];
    for (int start = 0; start < from.length; start += width) {
      System.arraycopy(from, start, line, radius, width);
      java.util.Arrays.fill(line, 0, radius, from[start]);
      java.util.Arrays.fill(line, radius + width, line.length, from[start + width - 1]);
      java.util.Arrays.fill(to, start, start + width, 0);
      for (int k = 0; k < kernel.length; k++) {
        float weight = kernel[k];
        for (int x = 0; x < width; x++) {
          to[start + x] += weight * line[x + k];
        }
      }
    }
  }

  private static void columns(float[] from, float[] to, int width, float[] kernel, int radius) {
    int height = from.length / width;
    for (int y = 0; y < height; y++) {
      int start = y * width;
      java.util.Arrays.fill(to, start, start + width, 0);
      for (int k = 0; k < kernel.length; k++) {
        float weight = kernel[k];
        int row = Math.max(0, Math.min(height - 1, y + k - radius)) * width;
        for (int x = 0; x < width; x++) {
          to[start + x] += weight * from[row + x];
        }
      }
    }
  }

  /** The mean along a short straight way. */
  public static void motion(Picture picture, double length, double angle) {
    int steps = Math.max(2, (int) Math.round(length));
    int[] dx = new int[steps];
    int[] dy = new int[steps];
    for (int i = 0; i < steps; i++) {
      double t = length * ((double) i / (steps - 1) - 0.5);
      dx[i] = (int) Math.round(t * Math.cos(angle));
      dy[i] = (int) Math.round(t * Math.sin(angle));
    }
    for (float[] plane : picture.planes) {
      shift(plane.clone(), plane, picture.width, dx, dy);
    }
  }

  private static void shift(float[] from, float[] to, int width, int[] dx, int[] dy) {
    int height = to.length / width;
    float part = 1f / dx.length;
    java.util.Arrays.fill(to, 0);
    for (int k = 0; k < dx.length; k++) {
      int first = Math.max(0, -dx[k]);
      int last = Math.min(width, width - dx[k]);
      for (int y = 0; y < height; y++) {
        int row = Math.max(0, Math.min(height - 1, y + dy[k])) * width;
        int start = y * width;
        for (int x = 0; x < first; x++) {
          to[start + x] += part * from[row];
        }
        for (int x = first; x < last; x++) {
          to[start + x] += part * from[row + x + dx[k]];
        }
        for (int x = last; x < width; x++) {
          to[start + x] += part * from[row + width - 1];
        }
      }
    }
  }

  /** As a camera with fewer pixels sees it: scaled down by area and up again. */
  public static void resample(Picture picture, double factor) {
    int width = Math.max(2, (int) (picture.width / factor));
    int height = Math.max(2, (int) (picture.height / factor));
    for (float[] plane : picture.planes) {
      float[] thin = scale(plane, picture.width, width);
      float[] small = transpose(scale(transpose(thin, width), picture.height, height), height);
      float[] tall =
          transpose(scale(transpose(small, width), height, picture.height), picture.height);
      System.arraycopy(scale(tall, width, picture.width), 0, plane, 0, plane.length);
    }
  }

  /** Rows to another length: the mean of what a pixel covers, or interpolated. */
  private static float[] scale(float[] from, int width, int to) {
    int rows = from.length / width;
    float[] scaled = new float[rows * to];
    double step = (double) width / to;
    double half = Math.max(step, 1) / 2;
    for (int x = 0; x < to; x++) {
      double centre = (x + 0.5) * step;
      int first = (int) Math.max(0, Math.floor(centre - half));
      int last = (int) Math.min(width - 1, Math.ceil(centre + half) - 1);
      double covered = Math.min(width, centre + half) - Math.max(0, centre - half);
      for (int s = first; s <= last; s++) {
        double part = Math.min(s + 1, centre + half) - Math.max(s, centre - half);
        float weight = (float) (part / covered);
        for (int y = 0; y < rows; y++) {
          scaled[y * to + x] += weight * from[y * width + s];
        }
      }
    }
    return scaled;
  }

  private static float[] transpose(float[] from, int width) {
    int height = from.length / width;
    float[] to = new float[from.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        to[x * height + y] = from[y * width + x];
      }
    }
    return to;
  }

  /** Raises what differs from the surroundings, as cameras do. */
  public static void sharpen(Picture picture, double strength) {
    Picture soft = new Picture(picture.width, picture.height);
    for (int c = 0; c < 3; c++) {
      System.arraycopy(picture.planes[c], 0, soft.planes[c], 0, soft.planes[c].length);
    }
    gaussian(soft, 1);
    for (int c = 0; c < 3; c++) {
      float[] plane = picture.planes[c];
      float[] smooth = soft.planes[c];
      for (int i = 0; i < plane.length; i++) {
        plane[i] += (float) strength * (plane[i] - smooth[i]);
      }
    }
  }
}
