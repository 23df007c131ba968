// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.util.Locale;

/**
 * Printed matter in the scene.
 *
 * @param art what is printed
 * @param shape how the sheet is bent
 * @param frame where the middle of the sheet is
 * @param finish POV-Ray's finish and normal
 */
record Card(Art art, Shape shape, Frame frame, String finish) {
  static final String PAPER = "finish { diffuse 0.8 ambient 0.22 specular 0.03 roughness 0.1 }";
  static final String GLOSSY =
      "finish { diffuse 0.72 ambient 0.2 specular 0.5 roughness 0.012"
          + " reflection { 0.01, 0.22 falloff 3 } }";
  static final String FILM =
      "normal { wrinkles 0.22 scale 2.5 }"
          + " finish { diffuse 0.7 ambient 0.2 specular 0.7 roughness 0.01"
          + " reflection { 0.02, 0.3 falloff 3 } }";
  static final String METAL =
      "normal { bumps 0.12 scale <4, 0.06, 0.06> }"
          + " finish { diffuse 0.6 ambient 0.2 specular 0.6 roughness 0.04 metallic"
          + " reflection { 0.12 metallic } }";
  static final String SCREEN =
      "finish { diffuse 0.05 ambient 0 emission %.2f specular 0.6 roughness 0.005"
          + " reflection { 0.03, 0.3 falloff 3 } }";

  /** A point of the sheet in cm from its upper left corner. */
  Vec world(double x, double y) {
    return frame.point(shape.surface().at(x - art.width / 2, art.height / 2 - y));
  }

  /** Towards who reads it. */
  Vec normal(double x, double y) {
    double step = art.width * 1e-4;
    Vec across = world(x + step, y).minus(world(x - step, y));
    Vec upwards = world(x, y - step).minus(world(x, y + step));
    return upwards.cross(across).unit();
  }

  /** How far the sheet reaches behind its frame: 0 or less. */
  static double lowest(Shape shape, double width, double height) {
    double lowest = Double.MAX_VALUE;
    for (int row = 0; row <= 24; row++) {
      for (int column = 0; column <= 24; column++) {
        double x = width * (column / 24.0 - 0.5);
        double y = height * (row / 24.0 - 0.5);
        lowest = Math.min(lowest, shape.surface().at(x, y).z());
      }
    }
    return lowest;
  }

  /** The least distance of the sheet from a plane through a point. */
  double depth(Vec from, Vec direction) {
    double least = Double.MAX_VALUE;
    for (int row = 0; row <= 10; row++) {
      for (int column = 0; column <= 10; column++) {
        Vec point = world(art.width * column / 10, art.height * row / 10);
        least = Math.min(least, point.minus(from).dot(direction));
      }
    }
    return least;
  }

  /** The mesh with two textures: what is printed, and in the mask where its symbols are. */
  void write(StringBuilder out, int number) {
    int columns = shape.columns();
    int rows = shape.rows();
    StringBuilder points = new StringBuilder();
    StringBuilder normals = new StringBuilder();
    StringBuilder places = new StringBuilder();
    for (int row = 0; row <= rows; row++) {
      for (int column = 0; column <= columns; column++) {
        double x = art.width * column / columns;
        double y = art.height * row / rows;
        points.append(world(x, y)).append('\n');
        normals.append(normal(x, y)).append('\n');
        places.append(
            String.format(
                Locale.ROOT, "<%.6f,%.6f>\n", (double) column / columns, 1 - (double) row / rows));
      }
    }
    int count = (rows + 1) * (columns + 1);
    out.append("mesh2 {\n");
    list(out, "vertex_vectors", count, points);
    list(out, "normal_vectors", count, normals);
    list(out, "uv_vectors", count, places);
    list(out, "face_indices", rows * columns * 2, faces(columns, rows));
    out.append(
        """
          #if (MASK)
            texture {
              uv_mapping pigment { image_map { png "mask%1$d.png" gamma 1.0 } } finish { Flat }
            }
          #else
            texture { uv_mapping pigment { image_map { png "art%1$d.png" interpolate 2 } } %2$s }
          #end
        }
        """
            .formatted(number, finish));
  }

  private static void list(StringBuilder out, String name, int count, StringBuilder values) {
    out.append(name).append(" { ").append(count).append(",\n").append(values).append("}\n");
  }

  private static StringBuilder faces(int columns, int rows) {
    StringBuilder faces = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int corner = row * (columns + 1) + column;
        int below = corner + columns + 1;
        faces.append(
            "<%d,%d,%d> <%d,%d,%d>\n"
                .formatted(corner, corner + 1, below, corner + 1, below + 1, below));
      }
    }
    return faces;
  }
}
