package org.yolotorch.internal;

import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/**
 * Tells JavaCPP how {@code Natives} is made from {@code bridge.h} and {@code training.h} and which
 * libraries are loaded before ours.
 *
 * <p>Of the LibTorch presets only the libraries are used, none of their classes: a narrow interface
 * of our own survives their releases, and their 29 MB of bindings need not be loaded. A library of
 * the list that is not there is skipped, which is how one list serves machines with and without
 * CUDA.
 */
@Properties(
    inherit = org.bytedeco.javacpp.presets.javacpp.class,
    target = "org.yolotorch.internal",
    global = "org.yolotorch.internal.Natives",
    value = {
      @Platform(
          compiler = "cpp17",
          include = {
            "yolotorch/defaults.h",
            "bridge/keys.h",
            "bridge/bridge.h",
            "bridge/training.h"
          },
          link = "yolotorch",
          // Text crosses as UTF-8 whatever the locale is.
          define = {"STRING_BYTES_CHARSET \"UTF-8\""},
          preloadresource = {
            "/org/bytedeco/openblas/",
            "/org/bytedeco/pytorch/",
            "/org/bytedeco/cuda/"
          }),
      @Platform(
          value = "linux",
          // yolotorch_env sets what the OpenMP runtime, gomp, reads while it is loaded.
          preload = {
            "yolotorch_env",
            "gomp@.1",
            "quadmath@.0",
            "gfortran@.5",
            "openblas@.0",
            "c10",
            "torch_cpu",
            "c10_cuda",
            "torch_cuda"
          }),
      @Platform(
          value = "macosx",
          preload = {
            "omp",
            "gcc_s@.1.1",
            "quadmath@.0",
            "gfortran@.5",
            "openblas@.0",
            "c10",
            "torch_cpu"
          }),
      @Platform(
          value = "windows",
          preload = {
            "libgcc_s_seh-1",
            "libquadmath-0",
            "libgfortran-5",
            "libopenblas",
            "asmjit",
            "uv",
            "fbgemm",
            "c10",
            "torch_cpu",
            "c10_cuda",
            "torch_cuda"
          }),
      // Looks for the CUDA build of LibTorch first, then for the plain one.
      @Platform(extension = "-gpu")
    })
public class NativePreset implements InfoMapper {

  @Override
  public void map(InfoMap infoMap) {
    infoMap
        .put(new Info("YOLOTORCH_EXPORT").cppTypes().annotations())
        .put(
            new Info("const std::string", "std::string")
                .annotations("@StdString")
                .valueTypes("String")
                .pointerTypes("String"));
  }
}
